import type { ReactNode } from 'react';
import {
  type Concurrency,
  type RetryPolicy,
  tierWord,
  type Workflow,
  type WorkflowConfiguration,
} from '../api/types';
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
          <Pins pins={configuration.connectors} />
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

/** The versions of connectors that the configuration holds on to; all others are the current ones. */
function Pins({ pins }: { pins: WorkflowConfiguration['connectors'] }) {
  const held = Object.entries(pins ?? {});
  if (held.length === 0) return <span className={style.muted}>{t('pins.none')}</span>;
  return held.map(([slug, { version }]) => (
    <div key={slug}>
      <a href={connectorHref(slug, { tab: 'versions' })}>{slug}</a> v{version}
    </div>
  ));
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
