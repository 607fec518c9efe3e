import { useCallback, useState } from 'react';
import { ApiError } from '../api/client';
import type { Workflow } from '../api/types';
import { useResource } from '../api/useResource';
import { getVersion } from '../api/views';
import { getWorkflow } from '../api/workflows';
import { diffHref, go, href, useShown } from '../host/router';
import { ActiveBadge, TierBadge } from '../ui/Badge';
import { IconButton } from '../ui/Button';
import { LoadError, Message, StaleNote } from '../ui/Message';
import { Page, PageLink } from '../ui/Page';
import { useRemembered } from '../ui/remembered';
import { Skeleton } from '../ui/Skeleton';
import { SplitPane } from '../ui/SplitPane';
import { Tabs } from '../ui/Tabs';
import { t } from '../words';
import { CodePane, type ShownCode } from './CodePane';
import { Configuration } from './Configuration';
import { DocsTab, SUBS, type Sub } from './docs/DocsTab';
import type { SourceRange } from './source';
import { ExecutionsTab } from './tabs/ExecutionsTab';
import { TestTab } from './tabs/TestTab';

const TABS = ['test', 'docs', 'executions'] as const;
type TabId = (typeof TABS)[number];

/** What the address says about the panel. */
interface View {
  tab: TabId;
  sub: Sub;
  /** Of the Docs tab; null is the deployed version, else the latest, else the draft. */
  version: string | null;
}

function viewOf(params: URLSearchParams): View {
  const version = params.get('version');
  return {
    tab: TABS.find((id) => id === params.get('tab')) ?? 'test',
    sub: SUBS.find((id) => id === params.get('sub')) ?? 'flow',
    version: version && /^(draft|\d{1,9})$/.test(version) ? version : null,
  };
}

/** One workflow: configuration, code, and the tabs. */
export function WorkflowPage({ slug, params }: { slug: string; params: URLSearchParams }) {
  const load = useCallback((signal: AbortSignal) => getWorkflow(slug, signal), [slug]);
  const { value, error, loading, reload } = useResource(`workflow ${slug}`, load);
  const view = viewOf(params);
  useShown(params, { ...view });
  const show = (next: Partial<View>) => {
    const { tab, sub, version } = { ...view, ...next };
    go(href(slug, tab === 'docs' ? { tab, sub, version } : { tab }));
  };

  if (!value && !loading) {
    if (!(error instanceof ApiError) || error.status !== 404) {
      return <LoadError error={error} again={reload} />;
    }
    return (
      <Message
        title={t('workflow.unknown.title', { slug })}
        text={t('workflow.unknown.text')}
        action={{ label: t('workflow.back'), act: () => go(href(null)) }}
      />
    );
  }
  return (
    <Page
      title={value?.name ?? slug}
      back={{ href: href(null), words: t('workflows'), label: t('workflow.back') }}
      marks={
        value && (
          <>
            <TierBadge tier={value.tier} />
            <ActiveBadge status={value.status} />
          </>
        )
      }
      tools={value && <Links workflow={value} />}
    >
      {error !== undefined && <StaleNote error={error} again={reload} />}
      {value ? <Panes workflow={value} view={view} show={show} /> : <Skeleton lines={8} />}
    </Page>
  );
}

function Links({ workflow: { slug, version, processDefinitionId } }: { workflow: Workflow }) {
  return (
    <>
      {version !== null && (
        <PageLink href={diffHref(slug, String(version), 'draft')}>{t('diff.open')}</PageLink>
      )}
      {processDefinitionId && (
        <PageLink
          href={`#/process-definition/${encodeURIComponent(processDefinitionId)}/runtime`}
          leaves
        >
          {t('workflow.open')}
        </PageLink>
      )}
    </>
  );
}

type Place = { line: number; column: number };

/** The code of the version that the Docs tab shows, so that its steps and the code belong together. */
function useShownCode(workflow: Workflow, version: string): ShownCode {
  const { slug } = workflow;
  const { value } = useResource(`code ${slug} ${version}`, (signal) =>
    version === 'draft'
      ? Promise.resolve(null)
      : getVersion(slug, Number(version), signal).then(({ code }) => code),
  );
  const other = typeof value === 'string' && value !== workflow.code;
  return other ? { code: value, version: Number(version) } : { code: workflow.code, version: null };
}

/** What the code shows as marked, and who asked for it. */
export interface Mark {
  range: SourceRange;
  reveal: boolean;
}

function Panes({
  workflow,
  view,
  show,
}: {
  workflow: Workflow;
  view: View;
  show(next: Partial<View>): void;
}) {
  const { tab } = view;
  const [mark, setMark] = useState<Mark | null>(null);
  const [cursor, setCursor] = useState<Place | null>(null);
  const [pointed, setPointed] = useState<Place | null>(null);
  const version = view.version ?? String(workflow.deployedVersion ?? workflow.version ?? 'draft');
  const shown = useShownCode(workflow, tab === 'docs' ? version : 'draft');
  const [dock, setDock] = useRemembered('localStorage', 'fastn.dock', 'right');
  const [full, setFull] = useState(false);
  const below = dock === 'bottom';
  const showLine = (line: number, column: number) => {
    setFull(false);
    setMark({ range: { line, column, endLine: line, endColumn: column }, reveal: true });
  };

  const tools = (
    <>
      {!full && (
        <IconButton
          icon={below ? 'right' : 'bottom'}
          label={t(below ? 'panel.right' : 'panel.bottom')}
          onClick={() => setDock(below ? 'right' : 'bottom')}
        />
      )}
      <IconButton
        icon={full ? 'restore' : 'full'}
        label={t(full ? 'panel.restore' : 'panel.full')}
        onClick={() => setFull(!full)}
      />
    </>
  );
  const panel = (
    <Tabs
      label={t('tabs.label')}
      active={tab}
      choose={(id) => show({ tab: id })}
      tools={tools}
      tabs={TABS.map((id) => ({ id, label: t(`tab.${id}`) }))}
    >
      {tab === 'test' && <TestTab workflow={workflow} showLine={showLine} />}
      {tab === 'docs' && (
        <DocsTab
          key={version}
          workflow={workflow}
          version={version}
          sub={view.sub}
          show={show}
          cursor={cursor}
          pointed={pointed}
          mark={setMark}
        />
      )}
      {tab === 'executions' && <ExecutionsTab workflow={workflow} showLine={showLine} />}
    </Tabs>
  );
  if (full) return panel;
  return (
    <SplitPane
      name="left"
      label={t('split.left')}
      fixed="first"
      initial={248}
      min={190}
      minRest={620}
    >
      <Configuration workflow={workflow} />
      <SplitPane
        name="right"
        label={t('split.right')}
        fixed="second"
        direction={below ? 'column' : 'row'}
        initial={below ? 320 : 500}
        min={below ? 160 : 320}
        minRest={below ? 140 : 300}
      >
        <CodePane
          workflow={workflow}
          shown={shown}
          mark={mark}
          onCursor={setCursor}
          onPoint={setPointed}
          showLine={showLine}
        />
        {panel}
      </SplitPane>
    </SplitPane>
  );
}
