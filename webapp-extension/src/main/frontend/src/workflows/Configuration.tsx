import type { ReactNode } from 'react';
import { type Concurrency, type RetryPolicy, tierWord, type Workflow } from '../api/types';
import { useResource } from '../api/useResource';
import { getDocs } from '../api/views';
import { connectorHref } from '../host/router';
import { TierBadge } from '../ui/Badge';
import { CopyButton } from '../ui/CopyButton';
import { Time } from '../ui/Time';
import { span, t } from '../words';
import style from './Configuration.module.css';

/** The left panel: what the workflow is set to. */
export function Configuration({ workflow }: { workflow: Workflow }) {
  const { configuration, slug, version, deployedVersion } = workflow;
  return (
    <section className={style.panel} aria-label={t('configuration')}>
      <h2 className={style.heading}>{t('configuration')}</h2>
      <dl className={style.facts}>
        <Fact name={t('name')}>{configuration.name}</Fact>
        <Fact name={t('slug')}>
          <span className={style.slug}>
            <span className={style.mono}>{slug}</span>
            <CopyButton text={slug} label={`${t('copy')}: ${slug}`} />
          </span>
        </Fact>
        <Fact name={t('description')}>
          {configuration.description || (
            <span className={style.muted}>{t('description.none')}</span>
          )}
        </Fact>
        <Fact name={t('tier')}>
          <TierBadge tier={configuration.tier} />
        </Fact>
        <Fact name={t('timeout')}>{span(configuration.timeoutMs)}</Fact>
        <Fact name={t('status')}>
          {t(configuration.enabled ? 'status.enabled' : 'status.disabled')}
        </Fact>
        <Fact name={t('retry')}>
          <Retry policy={configuration.retry} />
        </Fact>
        {tierWord(configuration.tier) !== 'INSTANT' && (
          <Fact name={t('concurrency')}>
            <Limits concurrency={configuration.concurrency} />
          </Fact>
        )}
        <Fact name={t('pins')}>
          <Pins workflow={workflow} />
        </Fact>
      </dl>
      <dl className={style.facts}>
        <Fact name={t('version')}>{version === null ? t('version.none') : `v${version}`}</Fact>
        <Fact name={t('deployed')}>
          {deployedVersion === null ? t('version.undeployed') : `v${deployedVersion}`}
        </Fact>
        <Fact name={t('updated')}>
          <Time iso={workflow.updatedAt} />
          {workflow.updatedBy && <span className={style.muted}> · {workflow.updatedBy}</span>}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={style.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Retry({ policy }: { policy: RetryPolicy | null }) {
  if (!policy || policy.maxAttempts <= 1) return t('retry.off');
  return (
    <>
      {t('retry.attempts', { n: policy.maxAttempts })}
      <div className={style.muted}>{waits(policy)}</div>
    </>
  );
}

function Limits({ concurrency }: { concurrency: Concurrency | null }) {
  if (!concurrency) return t('concurrency.none');
  const { runs, key, runsPerKey } = concurrency;
  return (
    <>
      {runs !== null && <div>{t('concurrency.runs', { n: runs })}</div>}
      {key !== null && runsPerKey !== null && (
        <div>
          {t('concurrency.perKey', { n: runsPerKey })} <span className={style.mono}>{key}</span>
        </div>
      )}
    </>
  );
}

/** The versions of connectors that the next publication asks for, and those that the deployed process holds on to. */
function Pins({ workflow }: { workflow: Workflow }) {
  const { slug, deployedVersion } = workflow;
  const asked = Object.entries(workflow.configuration.connectors ?? {});
  const { value } = useResource(`docs ${slug} ${deployedVersion}`, async (signal) =>
    deployedVersion === null ? null : getDocs(slug, String(deployedVersion), signal),
  );
  const held = value?.connectorVersions ?? [];
  return (
    <>
      {asked.length === 0 && <div>{t('pins.none')}</div>}
      {asked.map(([connector, { version }]) => (
        <Pin key={connector} slug={connector} version={String(version)} />
      ))}
      {held.length > 0 && (
        <div className={style.held}>
          <div className={style.muted}>{t('pins.held', { n: deployedVersion ?? 0 })}</div>
          {held.map((pin) => (
            <Pin key={pin.slug} {...pin} />
          ))}
        </div>
      )}
    </>
  );
}

function Pin({ slug, version }: { slug: string; version: string }) {
  const managed = version === 'managed';
  return (
    <div>
      <a href={connectorHref(slug, { tab: managed ? 'actions' : 'versions' })}>{slug}</a>{' '}
      {managed ? t('origin.managed') : `v${version}`}
    </div>
  );
}

/** "waits 5 s → 10 s"; at most three waits are spelled out. */
export function waits(policy: RetryPolicy): string {
  const count = policy.maxAttempts - 1;
  const list = Array.from({ length: Math.min(count, 3) }, (_, i) =>
    span(Math.min(policy.initialIntervalMs * policy.backoffCoefficient ** i, policy.maxIntervalMs)),
  ).join(' → ');
  if (count <= 3) return t('retry.waits', { list });
  return t('retry.waits.more', { list, max: span(policy.maxIntervalMs) });
}
