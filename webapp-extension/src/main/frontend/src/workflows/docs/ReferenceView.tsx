import type { ReactNode } from 'react';
import { listConnectors } from '../../api/connectors';
import type { Workflow } from '../../api/types';
import { useResource } from '../../api/useResource';
import { type Docs, getDocs, type Use } from '../../api/views';
import { connectorHref, diffHref } from '../../host/router';
import { EffectBadge, TierBadge } from '../../ui/Badge';
import { LoadError } from '../../ui/Message';
import { Skeleton } from '../../ui/Skeleton';
import { exactTime, span, t } from '../../words';
import style from './ReferenceView.module.css';

type ShowStep = (id: string) => void;

/** The reference of a version as a page to read and to print. */
export function ReferenceView({
  workflow,
  version,
  revision,
  showStep,
  showVersion,
}: {
  workflow: Workflow;
  version: string;
  revision: string;
  showStep: ShowStep;
  showVersion(version: string): void;
}) {
  const { slug } = workflow;
  const docs = useResource(`docs ${slug} ${version} ${revision}`, (signal) =>
    getDocs(slug, version, signal),
  );
  const { value } = docs;
  if (!value) {
    return docs.loading ? (
      <Skeleton lines={8} />
    ) : (
      <LoadError error={docs.error} again={docs.reload} />
    );
  }
  return (
    <article className={style.page}>
      <header className={style.head}>
        <h2 className={style.title}>{value.name || slug}</h2>
        <p className={style.facts}>
          {value.tier && <TierBadge tier={value.tier} />}
          <span>{version === 'draft' ? t('docs.version.draft') : `v${version}`}</span>
          <span className={style.mono}>{slug}</span>
        </p>
      </header>
      {value.origin !== 'COMPILED' && (
        <p className={style.notice} role="note">
          {t(value.origin === 'DETACHED' ? 'docs.detached' : 'docs.modelled')}
        </p>
      )}
      <p className={style.purpose}>{value.purpose || t('description.none')}</p>
      <Part title={t('docs.trigger')}>
        <List items={value.triggers}>
          {({ id, name, how, detail }) => (
            <>
              <StepLink id={id} showStep={showStep}>
                {name || id}
              </StepLink>
              {how !== 'none' && ` · ${how}`}
              {detail && ` · ${detail}`}
            </>
          )}
        </List>
      </Part>
      <Part title={t('docs.input')} empty={value.input.length === 0 && t('docs.input.none')}>
        <Names names={value.input} />
      </Part>
      <Part title={t('docs.results')} empty={value.results.length === 0 && t('docs.results.none')}>
        <Results docs={value} showStep={showStep} />
      </Part>
      <Connectors docs={value} showStep={showStep} />
      <Uses title={t('docs.tables')} uses={value.tables} showStep={showStep} />
      <Uses title={t('docs.state')} uses={value.stateKeys} showStep={showStep} />
      {value.secrets.length > 0 && (
        <Part title={t('docs.secrets')}>
          <Names names={value.secrets} />
          <p className={style.hint}>{t('docs.secrets.hint')}</p>
        </Part>
      )}
      <Uses title={t('docs.workflows')} uses={value.workflows} showStep={showStep} />
      <Uses title={t('docs.events')} uses={value.events} showStep={showStep} />
      {value.work.length > 0 && (
        <Part title={t('docs.work')}>
          <List items={value.work}>
            {({ id, name, type, performer }) => (
              <>
                <StepLink id={id} showStep={showStep}>
                  {name || id}
                </StepLink>
                {` · ${type}${performer && ` · ${performer}`}`}
              </>
            )}
          </List>
        </Part>
      )}
      <Failures docs={value} showStep={showStep} />
      <Part title={t('docs.execution')}>
        <Execution docs={value} />
      </Part>
      <Part title={t('docs.changes')} empty={value.changes.length === 0 && t('version.none')}>
        <Changes docs={value} version={version} showVersion={showVersion} />
      </Part>
    </article>
  );
}

function Part({
  title,
  empty = false,
  children,
}: {
  title: string;
  empty?: string | false;
  children: ReactNode;
}) {
  return (
    <section className={style.part}>
      <h3 className={style.heading}>{title}</h3>
      {empty ? <p className={style.hint}>{empty}</p> : children}
    </section>
  );
}

function List<T extends { id: string }>({
  items,
  children,
}: {
  items: T[];
  children(item: T): ReactNode;
}) {
  return (
    <ul className={style.list}>
      {items.map((item) => (
        <li key={item.id}>{children(item)}</li>
      ))}
    </ul>
  );
}

function Names({ names }: { names: string[] }) {
  return (
    <ul className={style.names}>
      {names.map((name) => (
        <li key={name} className={style.mono}>
          {name}
        </li>
      ))}
    </ul>
  );
}

function StepLink({
  id,
  showStep,
  children,
}: {
  id: string;
  showStep: ShowStep;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={style.step}
      title={t('docs.showStep')}
      onClick={() => showStep(id)}
    >
      {children}
    </button>
  );
}

function Results({ docs, showStep }: { docs: Docs; showStep: ShowStep }) {
  return (
    <List items={docs.results}>
      {({ id, name, members, code }) => (
        <>
          <StepLink id={id} showStep={showStep}>
            {name || id}
          </StepLink>
          {members.length > 0 && <span className={style.mono}> {`{ ${members.join(', ')} }`}</span>}
          {members.length === 0 && code && <span className={style.mono}> {code}</span>}
        </>
      )}
    </List>
  );
}

/** The connectors of this workflow by the name the code uses, each with its page in the registry. */
function Connectors({ docs, showStep }: { docs: Docs; showStep: ShowStep }) {
  const { value } = useResource('connectors', listConnectors);
  if (docs.connectors.length === 0) return null;
  return (
    <Part title={t('docs.connectors')}>
      {docs.connectors.map(({ name, actions }) => {
        const known = value?.find((each) => each.accessor === name || each.slug === name);
        return (
          <div key={name} className={style.connector}>
            <h4 className={style.name}>
              {known ? <a href={connectorHref(known.slug)}>{known.title}</a> : name}
              <span className={style.mono}> fastn.connector.{name}</span>
              {known && <span className={style.mono}>{versionOf(docs, known.slug)}</span>}
            </h4>
            <UseTable uses={actions} showStep={showStep} />
          </div>
        );
      })}
    </Part>
  );
}

/** Which definition this version of the workflow holds on to. */
function versionOf({ connectorVersions }: Docs, slug: string): string {
  const version = connectorVersions.find((pin) => pin.slug === slug)?.version;
  if (!version) return '';
  return version === 'managed' ? t('origin.managed') : `v${version}`;
}

function Uses({ title, uses, showStep }: { title: string; uses: Use[]; showStep: ShowStep }) {
  if (uses.length === 0) return null;
  return (
    <Part title={title}>
      <UseTable uses={uses} showStep={showStep} />
    </Part>
  );
}

function UseTable({ uses, showStep }: { uses: Use[]; showStep: ShowStep }) {
  return (
    <ul className={style.uses}>
      {uses.map(({ name, kinds, steps }) => (
        <li key={name}>
          <span className={style.kinds}>
            {kinds.map((kind) => (
              <EffectBadge key={kind} kind={kind} />
            ))}
          </span>
          <span className={style.mono}>{name}</span>
          <span className={style.where}>
            {steps.map((id, i) => (
              <StepLink key={id} id={id} showStep={showStep}>
                {steps.length === 1 ? t('docs.step') : t('docs.stepOf', { n: i + 1 })}
              </StepLink>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Failures({ docs, showStep }: { docs: Docs; showStep: ShowStep }) {
  const { errors, errorPaths } = docs;
  if (errors.length === 0 && errorPaths.length === 0) return null;
  return (
    <Part title={t('docs.errors')}>
      <List items={errors}>
        {({ id, name, code }) => (
          <>
            {t('docs.throws')}{' '}
            <StepLink id={id} showStep={showStep}>
              {name || id}
            </StepLink>
            {code && <span className={style.mono}> {code}</span>}
          </>
        )}
      </List>
      <List items={errorPaths.map((path) => ({ ...path, id: `${path.from} ${path.to}` }))}>
        {({ fromName, from, label, kind, to, toName }) => (
          <>
            {t(kind === 'timeout' ? 'docs.onTimeout' : 'docs.onError', {
              place: fromName || from,
            })}
            {label && ` (${label})`}
            {': '}
            <StepLink id={to} showStep={showStep}>
              {toName || to}
            </StepLink>
          </>
        )}
      </List>
    </Part>
  );
}

function Execution({ docs }: { docs: Docs }) {
  const { tier, timeoutMs, retry, concurrency } = docs;
  const limits = [
    concurrency.runs && t('concurrency.runs', { n: concurrency.runs }),
    concurrency.runsPerKey &&
      `${t('concurrency.perKey', { n: concurrency.runsPerKey })} ${concurrency.key}`,
  ].filter(Boolean);
  const attempts =
    retry.maxAttempts > 1
      ? `${t('retry.attempts', { n: retry.maxAttempts })}, ${t('retry.waits', {
          list: retry.waitsMs.map(span).join(' → '),
        })}`
      : t('retry.off');
  return (
    <dl className={style.settings}>
      <dt>{t('tier')}</dt>
      <dd>{tier ?? '–'}</dd>
      <dt>{t('timeout')}</dt>
      <dd>{timeoutMs === null ? '–' : span(timeoutMs)}</dd>
      <dt>{t('retry')}</dt>
      <dd>{attempts}</dd>
      <dt>{t('concurrency')}</dt>
      <dd>{limits.join('; ') || t('concurrency.none')}</dd>
    </dl>
  );
}

function Changes({
  docs: { slug, changes },
  version,
  showVersion,
}: {
  docs: Docs;
  version: string;
  showVersion(version: string): void;
}) {
  return (
    <ol className={style.changes}>
      {changes.map((change, i) => {
        const before = changes[i + 1];
        return (
          <li key={change.version}>
            <button
              type="button"
              className={style.step}
              aria-current={String(change.version) === version ? 'true' : undefined}
              onClick={() => showVersion(String(change.version))}
            >
              v{change.version}
            </button>
            <span>
              {exactTime(change.publishedAt)} · {change.publishedBy}
              {change.deployed && ` · ${t('docs.isDeployed')}`}
            </span>
            {before && (
              <a
                className={style.compare}
                href={diffHref(slug, String(before.version), String(change.version))}
              >
                {t('docs.compare', { n: before.version })}
              </a>
            )}
          </li>
        );
      })}
    </ol>
  );
}
