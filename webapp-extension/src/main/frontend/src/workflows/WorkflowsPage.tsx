import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { type TierWord, tierWord, type WorkflowSummary } from '../api/types';
import { useResource } from '../api/useResource';
import { listWorkflows } from '../api/workflows';
import { connectorHref, go, href, useShown } from '../host/router';
import { ActiveBadge, RunDots, TierBadge } from '../ui/Badge';
import { ButtonLink } from '../ui/Button';
import { LoadError, Message, StaleNote } from '../ui/Message';
import { Page, PageLink } from '../ui/Page';
import { SearchField } from '../ui/SearchField';
import { Skeleton } from '../ui/Skeleton';
import table from '../ui/Table.module.css';
import { Tabs } from '../ui/Tabs';
import { Time } from '../ui/Time';
import { language, t } from '../words';
import style from './WorkflowsPage.module.css';

const FILTERS = ['all', 'INSTANT', 'STANDARD', 'LONG'] as const;
type Filter = (typeof FILTERS)[number];

const address = (filter: Filter, q: string, sort: string) =>
  href(null, { tier: filter === 'all' ? null : filter.toLowerCase(), q, sort });

/** The table of all workflows; filter, search and order are in the URL. */
export function WorkflowsPage({ params }: { params: URLSearchParams }) {
  const { value, error, loading, reload } = useResource('workflows', listWorkflows, () => 15_000);
  const filter = FILTERS.find((id) => id === params.get('tier')?.toUpperCase()) ?? 'all';
  const sort = params.get('sort') === 'name' ? 'name' : '';
  useShown(params, { tier: filter === 'all' ? null : filter.toLowerCase(), sort: sort || null });
  const [q, setQ] = useTyped(params.get('q') ?? '', (text) =>
    go(address(filter, text, sort), { replace: true }),
  );
  const found = useMemo(() => search(value ?? [], q), [value, q]);
  const shown = useMemo(() => order(byTier(found, filter), sort), [found, filter, sort]);

  return (
    <Page
      large
      title={t('workflows')}
      marks={<PageLink href={connectorHref(null)}>{t('connectors')}</PageLink>}
      tools={
        <SearchField
          label={t('workflows.search')}
          value={q}
          onChange={setQ}
          onKeyDown={intoTable}
        />
      }
    >
      <Tabs
        label={t('workflows.filter')}
        active={filter}
        choose={(id) => go(address(id, q, sort))}
        tabs={FILTERS.map((id) => ({
          id,
          label: t(id === 'all' ? 'tier.all' : `tier.${id}`),
          count: value && byTier(found, id).length,
        }))}
      >
        {error !== undefined && value && <StaleNote error={error} again={reload} />}
        {!value && loading && <Skeleton lines={6} tall />}
        {!value && !loading && <LoadError error={error} again={reload} />}
        {value?.length === 0 && (
          <Message title={t('workflows.empty.title')} text={t('workflows.empty.text')} />
        )}
        {value && value.length > 0 && shown.length === 0 && (
          <Message
            title={t('workflows.none.title')}
            text={
              q
                ? t('workflows.none.text', { q })
                : t('workflows.none.tier', { tier: t(`tier.${filter as TierWord}`) })
            }
            action={{
              label: t('workflows.clear'),
              act: () => {
                setQ('');
                go(address('all', '', sort));
              },
            }}
          />
        )}
        {shown.length > 0 && (
          <WorkflowsTable
            workflows={shown}
            sort={sort}
            sortBy={(by) => go(address(filter, q, by))}
          />
        )}
      </Tabs>
    </Page>
  );
}

/** Typed text is shown at once and reported when the typing pauses; it stays until the report has come back. */
function useTyped(initial: string, report: (text: string) => void): [string, (q: string) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  if (typed !== null && typed === initial) setTyped(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the clock anew
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => report(typed), 350);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed ?? initial, setTyped];
}

const fold = (text: string) => text.toLocaleLowerCase(language);

function search(workflows: WorkflowSummary[], q: string): WorkflowSummary[] {
  const words = fold(q).split(/\s+/).filter(Boolean);
  return workflows.filter((workflow) => {
    const text = fold(`${workflow.name} ${workflow.slug} ${workflow.description ?? ''}`);
    return words.every((word) => text.includes(word));
  });
}

function byTier(workflows: WorkflowSummary[], filter: Filter): WorkflowSummary[] {
  return filter === 'all' ? workflows : workflows.filter(({ tier }) => tierWord(tier) === filter);
}

function order(workflows: WorkflowSummary[], sort: string): WorkflowSummary[] {
  return workflows.toSorted((a, b) =>
    sort === 'name'
      ? a.name.localeCompare(b.name, language)
      : b.updatedAt.localeCompare(a.updatedAt),
  );
}

function WorkflowsTable({
  workflows,
  sort,
  sortBy,
}: {
  workflows: WorkflowSummary[];
  sort: string;
  sortBy(sort: string): void;
}) {
  return (
    <table className={`${table.table} ${style.table}`} onKeyDown={alongRows}>
      <thead>
        <tr>
          <th scope="col" aria-sort={sort === 'name' ? 'ascending' : 'none'}>
            <button type="button" className={style.sort} onClick={() => sortBy('name')}>
              {t('column.name')}
              {sort === 'name' && <span aria-hidden="true"> ↑</span>}
            </button>
          </th>
          <th scope="col">{t('column.status')}</th>
          <th scope="col">{t('column.version')}</th>
          <th scope="col">{t('column.lastRuns')}</th>
          <th scope="col" aria-sort={sort === 'name' ? 'none' : 'descending'}>
            <button type="button" className={style.sort} onClick={() => sortBy('')}>
              {t('column.updated')}
              {sort !== 'name' && <span aria-hidden="true"> ↓</span>}
            </button>
          </th>
          <th scope="col">{t('column.actions')}</th>
        </tr>
      </thead>
      <tbody>
        {workflows.map((workflow) => (
          <Row key={workflow.slug} workflow={workflow} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ workflow }: { workflow: WorkflowSummary }) {
  const { slug, name, description, version, deployedVersion } = workflow;
  return (
    <tr className={`${table.row} ${style.row}`}>
      <td className={style.nameCell}>
        <div className={style.nameLine}>
          <a className={`${table.name} ${table.cover} ${style.name}`} data-row="" href={href(slug)}>
            {name}
          </a>
          <TierBadge tier={workflow.tier} />
        </div>
        <div className={table.slug}>{slug}</div>
        {description && (
          <div className={style.description} title={description}>
            {description}
          </div>
        )}
      </td>
      <td>
        <ActiveBadge status={workflow.status} />
      </td>
      <td className={style.version}>
        {version === null ? (
          <span className={style.muted}>{t('version.none')}</span>
        ) : (
          `v${version}`
        )}
        {version !== null && version !== deployedVersion && (
          <div className={style.muted}>
            {deployedVersion === null
              ? t('version.undeployed')
              : t('version.deployed', { n: deployedVersion })}
          </div>
        )}
      </td>
      <td>
        <RunDots runs={workflow.lastExecutions} />
      </td>
      <td className={style.updated}>
        <Time iso={workflow.updatedAt} />
      </td>
      <td>
        <div className={style.run}>
          <ButtonLink
            href={href(slug, { tab: 'test' })}
            icon="play"
            label={t('run.title', { name })}
          >
            {t('run')}
          </ButtonLink>
        </div>
      </td>
    </tr>
  );
}

function intoTable(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown') return;
  const page = event.currentTarget.closest('main');
  page?.querySelector<HTMLElement>('[data-row]')?.focus();
  event.preventDefault();
}

/** ↑ and ↓ move between the rows' links; Enter is the link's own. */
function alongRows(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const row = (event.target as HTMLElement).closest('tr');
  const at = links.findIndex((link) => row?.contains(link));
  links[at + step]?.focus();
  event.preventDefault();
}
