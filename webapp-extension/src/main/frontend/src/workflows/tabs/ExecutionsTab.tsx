import { Fragment, useState } from 'react';
import type { Execution, Workflow } from '../../api/types';
import { useResource } from '../../api/useResource';
import { getExecution, listExecutions } from '../../api/workflows';
import { StatusBadge, TierBadge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { LoadError, Message, StaleNote } from '../../ui/Message';
import { Skeleton } from '../../ui/Skeleton';
import table from '../../ui/Table.module.css';
import { Time } from '../../ui/Time';
import { duration, exactTime, t } from '../../words';
import { RunView } from '../RunView';
import style from './ExecutionsTab.module.css';

const poll = (runs: Execution[]) =>
  runs.some(({ status }) => status === 'Running') ? 2000 : 15_000;

/** The runs of this workflow, newest first; a row opens to its result or error. */
export function ExecutionsTab({
  workflow: { slug },
  showLine,
}: {
  workflow: Workflow;
  showLine(line: number, column: number): void;
}) {
  const { value, error, loading, reload } = useResource(
    `executions ${slug}`,
    (signal) => listExecutions(slug, signal),
    poll,
  );
  const [open, setOpen] = useState<string | null>(null);

  if (!value)
    return loading ? <Skeleton lines={5} tall /> : <LoadError error={error} again={reload} />;
  if (value.length === 0) {
    return (
      <Message
        title={t('executions.empty.title')}
        text={t('executions.empty.text')}
        action={{ label: t('executions.refresh'), act: reload }}
      />
    );
  }
  return (
    <>
      {error !== undefined && <StaleNote error={error} again={reload} />}
      <div className={style.bar}>
        <span>
          {t(value.length === 1 ? 'executions.count.one' : 'executions.count.other', {
            n: value.length,
          })}
        </span>
        <Button look="quiet" icon="refresh" onClick={reload}>
          {t('executions.refresh')}
        </Button>
      </div>
      <table className={`${table.table} ${style.table}`}>
        <thead>
          <tr>
            <th scope="col">{t('column.time')}</th>
            <th scope="col">{t('column.tier')}</th>
            <th scope="col">{t('column.version')}</th>
            <th scope="col">{t('column.status')}</th>
            <th scope="col" className={table.number}>
              {t('column.duration')}
            </th>
            <th scope="col">{t('column.triggeredBy')}</th>
          </tr>
        </thead>
        <tbody>
          {value.map((run) => (
            <Fragment key={run.id}>
              <Row
                run={run}
                open={open === run.id}
                toggle={() => setOpen(open === run.id ? null : run.id)}
              />
              {open === run.id && (
                <tr>
                  <td colSpan={6} className={style.details} id={`fastn-run-${run.id}`}>
                    <Details listed={run} showLine={showLine} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ run, open, toggle }: { run: Execution; open: boolean; toggle(): void }) {
  return (
    <tr className={`${table.row} ${open ? style.open : ''}`}>
      <td className={style.time}>
        <button
          type="button"
          className={`${table.cover} ${style.toggle}`}
          aria-expanded={open}
          aria-controls={open ? `fastn-run-${run.id}` : undefined}
          aria-label={t('executions.show', { time: exactTime(run.startedAt) })}
          onClick={toggle}
        >
          <Icon name="chevron" size={12} />
        </button>
        <Time iso={run.startedAt} />
      </td>
      <td>
        <TierBadge tier={run.tier} />
      </td>
      <td>{run.version === null ? '–' : `v${run.version}`}</td>
      <td>
        <StatusBadge status={run.status} />
      </td>
      <td className={table.number}>{run.durationMs === null ? '–' : duration(run.durationMs)}</td>
      <td>
        {run.triggeredBy}
        {run.startedBy && <span className={style.who}> · {run.startedBy}</span>}
      </td>
    </tr>
  );
}

/** The list may leave out long results, so an open row asks for the whole run. */
function Details({
  listed,
  showLine,
}: {
  listed: Execution;
  showLine(line: number, column: number): void;
}) {
  const { value, error, reload } = useResource(
    `execution ${listed.id} ${listed.status}`,
    (signal) => getExecution(listed.id, signal),
  );
  return (
    <>
      {error !== undefined && <StaleNote error={error} again={reload} />}
      <RunView run={value ?? listed} facts={false} showLine={showLine} />
    </>
  );
}
