import type { Execution, RunError } from '../api/types';
import { StatusBadge, TierBadge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { CopyButton } from '../ui/CopyButton';
import { Icon } from '../ui/Icon';
import { JsonView } from '../ui/JsonView';
import { Time } from '../ui/Time';
import { duration, t } from '../words';
import style from './RunView.module.css';

type ShowLine = (line: number, column: number) => void;

/** One run: how it stands, what it gave or why it failed. The Test and the Executions tab both show runs with it. */
export function RunView({
  run,
  facts = true,
  showLine,
}: {
  run: Execution;
  facts?: boolean;
  showLine: ShowLine;
}) {
  return (
    <div className={style.run}>
      {facts && (
        <div className={style.facts}>
          <StatusBadge status={run.status} />
          {run.durationMs !== null && (
            <span className={style.duration}>{duration(run.durationMs)}</span>
          )}
          <TierBadge tier={run.tier} />
          {run.version !== null && <span className={style.muted}>v{run.version}</span>}
          <span className={style.muted}>
            <Time iso={run.startedAt} />
          </span>
        </div>
      )}
      {run.error && <ErrorBox error={run.error} showLine={showLine} />}
      {run.status === 'Completed' && <Result value={run.result} />}
      {run.status === 'Running' && <p className={style.waiting}>{t('run.waiting')}</p>}
      <div className={style.links}>
        {(run.attempts ?? 1) > 1 && (
          <span>
            {t('run.attempts')}: {run.attempts}
          </span>
        )}
        {run.startedBy && (
          <span>
            {run.triggeredBy} · {run.startedBy}
          </span>
        )}
        <span className={style.id} title={run.id}>
          {t('run.id')} {run.id}
        </span>
        {run.status === 'Running' && run.processInstanceId && (
          <a href={`#/process-instance/${encodeURIComponent(run.processInstanceId)}/runtime`}>
            {t('run.instance')} <Icon name="external" size={12} />
          </a>
        )}
      </div>
    </div>
  );
}

function Result({ value }: { value: unknown }) {
  if (value === undefined || value === null) {
    return <p className={style.waiting}>{t('run.noResult')}</p>;
  }
  return (
    <div className={style.result}>
      <div className={style.resultHead}>
        <span className={style.label}>{t('run.result')}</span>
        <CopyButton
          text={JSON.stringify(value, null, 2)}
          label={`${t('copy')}: ${t('run.result')}`}
        />
      </div>
      <JsonView value={value} label={t('run.result')} />
    </div>
  );
}

/** Why it failed; its line opens in the code. */
export function ErrorBox({ error, showLine }: { error: RunError; showLine: ShowLine }) {
  const { line, column } = error;
  return (
    <div className={style.error}>
      <div className={style.errorHead}>
        <Icon name="warning" size={14} />
        <strong>{error.name ?? t('run.error')}</strong>
        {error.code && <span className={style.code}>{error.code}</span>}
      </div>
      <p className={style.message}>{error.message}</p>
      {(error.step || line !== null) && (
        <div className={style.where}>
          {error.step && (
            <span>
              {t('run.step')} <span className={style.step}>{error.step}</span>
            </span>
          )}
          {line !== null && (
            <Button look="quiet" onClick={() => showLine(line, column ?? 1)}>
              {t('line.show', { line })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
