import { useEffect, useMemo, useRef, useState } from 'react';
import type { Workflow } from '../../api/types';
import { useResource } from '../../api/useResource';
import { download, getSequence, listVersions, type Orientation } from '../../api/views';
import { Menu } from '../../ui/Menu';
import { LoadError } from '../../ui/Message';
import { useRemembered } from '../../ui/remembered';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { Tabs } from '../../ui/Tabs';
import { t } from '../../words';
import type { Mark } from '../WorkflowPage';
import { FlowView } from './FlowView';
import { ReferenceView } from './ReferenceView';
import { SequenceView } from './SequenceView';
import { Steps } from './steps';

export const SUBS = ['flow', 'sequence', 'reference'] as const;
export type Sub = (typeof SUBS)[number];

type Place = { line: number; column: number };

/** Where the reader chose or pointed. */
type From = 'diagram' | 'list' | 'jump' | 'code';

/** The step that is chosen and the one that is pointed at; Flow, Sequence and code share them. */
export interface Focus {
  selected: string | null;
  selectedIn: From;
  hovered: string | null;
  hoveredIn: From;
  select(id: string | null, from: From): void;
  hover(id: string | null, from: From): void;
}

/** Flow, Sequence and the reference of one version, all made by the server from its BPMN. */
export function DocsTab({
  workflow,
  version,
  sub,
  show,
  cursor,
  pointed,
  mark,
}: {
  workflow: Workflow;
  /** A number, or `draft`. */
  version: string;
  sub: Sub;
  show(next: { sub?: Sub; version?: string }): void;
  cursor: Place | null;
  pointed: Place | null;
  mark(mark: Mark | null): void;
}) {
  const { slug } = workflow;
  const revision = version === 'draft' ? String(workflow.revision) : '';
  const sequence = useResource(`sequence ${slug} ${version} ${revision}`, (signal) =>
    getSequence(slug, version, signal),
  );
  const { value } = sequence;
  const steps = useMemo(() => (value ? new Steps(value) : null), [value]);
  const focus = useFocus(steps, cursor, pointed, mark);
  const [turned, setTurned] = useRemembered('localStorage', 'fastn.orientation', 'top-to-bottom');
  const orientation: Orientation = turned === 'left-to-right' ? turned : 'top-to-bottom';
  const file = (name: Parameters<typeof download>[1]) => download(slug, name, version, orientation);

  const tools = (
    <>
      <VersionSelect workflow={workflow} version={version} choose={(to) => show({ version: to })} />
      <Menu icon="download" label={t('docs.download')} disabled={!value}>
        <a href={file('diagram.svg')} download>
          {t('docs.download.svg')}
        </a>
        <a href={file('diagram.png')} download>
          {t('docs.download.png')}
        </a>
        <a href={file('bpmn')} download>
          {t('docs.download.bpmn')}
        </a>
        <a href={file('docs.md')} download>
          {t('docs.download.md')}
        </a>
        <a href={file('diagram.mmd')} download>
          {t('docs.download.mmd')}
        </a>
      </Menu>
    </>
  );
  return (
    <Tabs
      label={t('docs.label')}
      active={sub}
      choose={(id) => show({ sub: id })}
      tools={tools}
      tabs={SUBS.map((id) => ({ id, label: t(`docs.${id}`) }))}
    >
      {!steps || !value ? (
        sequence.loading ? (
          <Skeleton lines={6} />
        ) : (
          <LoadError error={sequence.error} again={sequence.reload} />
        )
      ) : (
        <>
          {sub === 'flow' && (
            <FlowView
              slug={slug}
              name={workflow.name}
              version={version}
              revision={revision}
              steps={steps}
              focus={focus}
              orientation={orientation}
              turn={setTurned}
            />
          )}
          {sub === 'sequence' && <SequenceView sequence={value} focus={focus} />}
          {sub === 'reference' && (
            <ReferenceView
              workflow={workflow}
              version={version}
              revision={revision}
              showStep={(id) => {
                focus.select(id, 'jump');
                show({ sub: 'sequence' });
              }}
              showVersion={(to) => show({ version: to })}
            />
          )}
        </>
      )}
    </Tabs>
  );
}

function useFocus(
  steps: Steps | null,
  cursor: Place | null,
  pointed: Place | null,
  mark: (mark: Mark | null) => void,
): Focus {
  const [{ selected, selectedIn }, setSelected] = useState<{
    selected: string | null;
    selectedIn: From;
  }>({ selected: null, selectedIn: 'list' });
  const [{ hovered, hoveredIn }, setHovered] = useState<{
    hovered: string | null;
    hoveredIn: From;
  }>({ hovered: null, hoveredIn: 'list' });

  const markStep = (id: string | null, reveal: boolean) => {
    const range = steps?.find(id)?.range;
    mark(range ? { range, reveal } : null);
  };
  const select = (id: string | null, from: From) => {
    setSelected({ selected: id, selectedIn: from });
    markStep(id, from !== 'code');
  };
  const hover = (id: string | null, from: From) => {
    setHovered({ hovered: id, hoveredIn: from });
    if (from !== 'code') markStep(id ?? selected, false);
  };

  const seen = useRef({ cursor, pointed });
  const latest = useRef({ select, hover });
  latest.current = { select, hover };
  useEffect(() => {
    if (cursor && cursor !== seen.current.cursor && steps) {
      const found = steps.at(cursor);
      if (found) latest.current.select(found.step.id, 'code');
    }
    seen.current.cursor = cursor;
  }, [cursor, steps]);
  useEffect(() => {
    if (pointed !== seen.current.pointed && steps) {
      latest.current.hover(pointed ? (steps.at(pointed)?.step.id ?? null) : null, 'code');
    }
    seen.current.pointed = pointed;
  }, [pointed, steps]);
  useEffect(() => () => mark(null), [mark]);
  return { selected, selectedIn, hovered, hoveredIn, select, hover };
}

/** Which version is shown: the draft, or one of those that were published. */
function VersionSelect({
  workflow,
  version,
  choose,
}: {
  workflow: Workflow;
  version: string;
  choose(version: string): void;
}) {
  const { slug, version: latest, deployedVersion } = workflow;
  const { value } = useResource(`versions ${slug} ${latest} ${deployedVersion}`, (signal) =>
    listVersions(slug, signal),
  );
  const numbers = value?.map((each) => each.version) ?? [];
  const shown = Number(version);
  if (version !== 'draft' && !numbers.includes(shown)) numbers.unshift(shown);
  return (
    <Select label={t('docs.version')} value={version} choose={choose}>
      <option value="draft">{t('docs.version.draft')}</option>
      {numbers.map((number) => (
        <option key={number} value={String(number)}>
          {number === deployedVersion ? t('version.deployed', { n: number }) : `v${number}`}
        </option>
      ))}
    </Select>
  );
}
