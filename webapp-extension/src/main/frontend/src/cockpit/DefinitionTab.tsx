import { useResource } from '../api/useResource';
import { listWorkflows } from '../api/workflows';
import { href } from '../host/router';
import { ActiveBadge, TierBadge } from '../ui/Badge';
import { LoadError } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import { t } from '../words';
import style from './DefinitionTab.module.css';

/** On the page of a process definition: which workflow it was made from. */
export function DefinitionTab({ processDefinitionId }: { processDefinitionId: string }) {
  const { value, error, loading, reload } = useResource('workflows', listWorkflows);
  if (!value) return loading ? <Skeleton lines={2} /> : <LoadError error={error} again={reload} />;
  const key = processDefinitionId.split(':')[0];
  const workflow =
    value.find((each) => each.processDefinitionId === processDefinitionId) ??
    value.find((each) => each.slug === key);
  if (!workflow) return <p className={style.none}>{t('definition.none')}</p>;
  return (
    <div className={style.tab}>
      <p>{t('definition.text')}</p>
      <p className={style.line}>
        <strong>{workflow.name}</strong>
        <TierBadge tier={workflow.tier} />
        <ActiveBadge status={workflow.status} />
      </p>
      <a href={href(workflow.slug, { tab: 'docs', sub: 'flow' })}>{t('definition.link')}</a>
    </div>
  );
}
