import { type RunStatus, tierWord } from '../api/types';
import { t } from '../words';
import style from './Badge.module.css';
import { Icon } from './Icon';

const TONE: Record<RunStatus, string> = {
  Running: 'busy',
  Completed: 'good',
  Failed: 'bad',
  Timeout: 'warn',
  Canceled: 'calm',
};

const tone = (status: RunStatus) => TONE[status] ?? 'calm';

/** How a run stands. */
export function StatusBadge({ status }: { status: RunStatus }) {
  return (
    <span className={`${style.badge} ${style[tone(status)]}`}>
      <span className={style.dot} aria-hidden="true" />
      {t(`status.${status}`)}
    </span>
  );
}

/** INSTANT, STANDARD or LONG. */
export function TierBadge({ tier }: { tier: string }) {
  return <span className={`${style.tier} ${style[tierWord(tier)]}`}>{tierWord(tier)}</span>;
}

/** ✓ active, or inactive. */
export function ActiveBadge({ status }: { status: 'active' | 'inactive' }) {
  return (
    <span className={status === 'active' ? style.active : style.inactive}>
      {status === 'active' && <Icon name="check" size={14} />}
      {t(`status.${status}`)}
    </span>
  );
}

/** The last ten runs as dots, newest at the right, as one picture with words. */
export function RunDots({ runs }: { runs: { id: string; status: RunStatus }[] }) {
  const shown = runs.slice(0, 10);
  if (shown.length === 0) return <span className={style.none}>{t('runs.none')}</span>;
  const list = shown.map((run) => t(`status.${run.status}`)).join(', ');
  return (
    <span className={style.dots} role="img" aria-label={t('runs.last', { list })} title={list}>
      {shown.toReversed().map((run) => (
        <span key={run.id} className={`${style.bar} ${style[tone(run.status)]}`} />
      ))}
    </span>
  );
}

/** READ or WRITE: what a call does to the system outside. */
export function EffectBadge({ kind }: { kind: 'READ' | 'WRITE' }) {
  return <span className={`${style.tier} ${style[kind]}`}>{kind}</span>;
}
