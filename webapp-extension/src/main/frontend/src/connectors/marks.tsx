import type { ConnectionStatus, ConnectorRow } from '../api/connectors';
import badge from '../ui/Badge.module.css';
import { Icon } from '../ui/Icon';
import { t } from '../words';
import style from './marks.module.css';

/** Whose definition it is. */
export function OriginBadge({ origin }: { origin: 'managed' | 'custom' }) {
  return <span className={`${style.origin} ${style[origin]}`}>{t(`origin.${origin}`)}</span>;
}

/** Whether somebody has tried it against the live system; says nothing where there is no such system. */
export function VerifiedNote({
  connector: { verified, notice },
}: {
  connector: Pick<ConnectorRow, 'verified' | 'notice'>;
}) {
  if (verified) {
    return (
      <span className={style.verified}>
        <Icon name="check" size={12} /> {t('connector.verified')}
      </span>
    );
  }
  return notice ? <span className={style.unverified}>{t('connector.unverified')}</span> : null;
}

const TONE: Record<ConnectionStatus, string> = {
  ACTIVE: 'good',
  EXPIRED: 'warn',
  FAILED: 'bad',
  INACTIVE: 'calm',
};

/** How a connection stands. */
export function ConnectionBadge({ status }: { status: ConnectionStatus }) {
  return (
    <span className={`${badge.badge} ${badge[TONE[status]]}`}>
      <span className={badge.dot} aria-hidden="true" />
      {t(`connectionStatus.${status}`)}
    </span>
  );
}
