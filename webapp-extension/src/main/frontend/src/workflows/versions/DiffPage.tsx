import { useEffect, useRef } from 'react';
import type { Workflow } from '../../api/types';
import { useResource } from '../../api/useResource';
import { type Difference, getDifference, listVersions } from '../../api/views';
import { getWorkflow } from '../../api/workflows';
import { diffHref, go, href, useShown } from '../../host/router';
import { Button } from '../../ui/Button';
import { LoadError, Message } from '../../ui/Message';
import { Page } from '../../ui/Page';
import { useRemembered } from '../../ui/remembered';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { Tabs } from '../../ui/Tabs';
import { t } from '../../words';
import style from './DiffPage.module.css';
import { FlowDiff } from './FlowDiff';

const VIEWS = ['code', 'flow', 'configuration'] as const;
type View = (typeof VIEWS)[number];

export const versionName = (version: string) =>
  version === 'draft' ? t('docs.version.draft') : `v${version}`;

/** Two versions of a workflow, or a version and the draft: what is different in code, process and configuration. */
export default function DiffPage({ slug, params }: { slug: string; params: URLSearchParams }) {
  const { value: workflow, error } = useResource(`workflow ${slug}`, (signal) =>
    getWorkflow(slug, signal),
  );
  const from = params.get('from') ?? String(workflow?.version ?? 1);
  const to = params.get('to') ?? 'draft';
  const view = VIEWS.find((id) => id === params.get('view')) ?? 'code';
  useShown(params, { view });
  const show = (next: { from?: string; to?: string; view?: View }) => {
    const all = { from, to, view, ...next };
    go(diffHref(slug, all.from, all.to, { view: all.view }));
  };
  if (!workflow && error !== undefined) {
    return <LoadError error={error} again={() => go(href(slug))} />;
  }
  return (
    <Page
      title={t('diff.title')}
      back={{ href: href(slug), words: workflow?.name ?? slug }}
      tools={<Chosen slug={slug} workflow={workflow} from={from} to={to} show={show} />}
    >
      {workflow ? (
        <Compared workflow={workflow} from={from} to={to} view={view} show={show} />
      ) : (
        <Skeleton lines={8} />
      )}
    </Page>
  );
}

function Chosen({
  slug,
  workflow,
  from,
  to,
  show,
}: {
  slug: string;
  workflow: Workflow | undefined;
  from: string;
  to: string;
  show(next: { from?: string; to?: string }): void;
}) {
  const { value } = useResource(`versions ${slug} ${workflow?.version}`, (signal) =>
    listVersions(slug, signal),
  );
  const numbers = value?.map(({ version }) => String(version)) ?? [];
  const all = [...new Set(['draft', ...numbers, from, to])];
  const options = all.map((version) => (
    <option key={version} value={version}>
      {version === String(workflow?.deployedVersion)
        ? t('version.deployed', { n: version })
        : versionName(version)}
    </option>
  ));
  return (
    <>
      <span aria-hidden="true">{t('diff.from')}</span>
      <Select label={t('diff.from')} value={from} choose={(next) => show({ from: next })}>
        {options}
      </Select>
      <span aria-hidden="true">{t('diff.to')}</span>
      <Select label={t('diff.to')} value={to} choose={(next) => show({ to: next })}>
        {options}
      </Select>
      <Button look="quiet" onClick={() => show({ from: to, to: from })}>
        {t('diff.swap')}
      </Button>
    </>
  );
}

function Compared({
  workflow,
  from,
  to,
  view,
  show,
}: {
  workflow: Workflow;
  from: string;
  to: string;
  view: View;
  show(next: { view: View }): void;
}) {
  const { slug, revision } = workflow;
  const state = from === 'draft' || to === 'draft' ? revision : '';
  const diff = useResource(`diff ${slug} ${from} ${to} ${state}`, (signal) =>
    getDifference(slug, from, to, signal),
  );
  const { value } = diff;
  if (!value) {
    return diff.loading ? (
      <Skeleton lines={8} />
    ) : (
      <LoadError error={diff.error} again={diff.reload} />
    );
  }
  const counts: Record<View, number> = {
    code: value.code.added + value.code.removed,
    flow: value.process.nodes.length + value.process.edges.length,
    configuration: value.configuration.length,
  };
  return (
    <Tabs
      label={t('diff.tabs')}
      active={view}
      choose={(id) => show({ view: id })}
      tabs={VIEWS.map((id) => ({ id, label: t(`diff.${id}`), count: counts[id] }))}
    >
      {counts[view] === 0 ? (
        <Message title={t('diff.same')} text={t(`diff.same.${view}`)} />
      ) : (
        <>
          {view === 'code' && <CodeDiff diff={value} />}
          {view === 'flow' && (
            <FlowDiff slug={slug} from={from} to={to} state={String(state)} diff={value} />
          )}
          {view === 'configuration' && <FieldDiff diff={value} />}
        </>
      )}
    </Tabs>
  );
}

function CodeDiff({ diff }: { diff: Difference }) {
  const parent = useRef<HTMLDivElement>(null);
  const [layout, setLayout] = useRemembered('localStorage', 'fastn.diff', 'split');
  const unified = layout === 'unified';
  useEffect(() => {
    let remove: (() => void) | undefined;
    let gone = false;
    const text = (not: 'added' | 'removed') =>
      diff.code.lines
        .filter(({ change }) => change !== not)
        .map((line) => line.text)
        .join('\n');
    const sides = {
      from: text('added'),
      to: text('removed'),
      fromLabel: t('diff.code.from', { version: versionName(diff.from) }),
      toLabel: t('diff.code.to', { version: versionName(diff.to) }),
    };
    void import('../editor/diffView').then(({ showDiff }) => {
      if (!gone && parent.current) remove = showDiff(parent.current, sides, unified);
    });
    return () => {
      gone = true;
      remove?.();
    };
  }, [diff, unified]);
  const { added, removed } = diff.code;
  return (
    <div className={style.code}>
      <div className={style.bar}>
        <span>{t('diff.lines', { added, removed })}</span>
        <span className={style.space} />
        <Select
          label={t('diff.title')}
          value={unified ? 'unified' : 'split'}
          choose={(next) => setLayout(next)}
        >
          <option value="split">{t('diff.split')}</option>
          <option value="unified">{t('diff.unified')}</option>
        </Select>
      </div>
      <div ref={parent} className={style.texts} />
    </div>
  );
}

const shown = (value: unknown) =>
  value === null || value === undefined
    ? t('diff.absent')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

function FieldDiff({ diff: { configuration, from, to } }: { diff: Difference }) {
  return (
    <table className={style.fields}>
      <thead>
        <tr>
          <th scope="col">{t('diff.field')}</th>
          <th scope="col">{versionName(from)}</th>
          <th scope="col">{versionName(to)}</th>
        </tr>
      </thead>
      <tbody>
        {configuration.map((field) => (
          <tr key={field.field}>
            <th scope="row">{field.field}</th>
            <td className={style.old}>{shown(field.from)}</td>
            <td className={style.new}>{shown(field.to)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
