import { useState } from 'react';
import { type ConnectorRow, listConnectors } from '../api/connectors';
import { useResource } from '../api/useResource';
import { connectorHref, go, href } from '../host/router';
import { Icon } from '../ui/Icon';
import { LoadError, Message, StaleNote } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import { language, t } from '../words';
import style from './ConnectorsPage.module.css';
import { DefinitionEditor } from './DefinitionEditor';
import { ImportForm } from './ImportForm';
import { OriginBadge, VerifiedNote } from './marks';

/** All connectors that the tenant can call, or a form for a new one. */
export default function ConnectorsPage({ params }: { params: URLSearchParams }) {
  const create = params.get('create');
  return (
    <main className={style.page}>
      <header className={style.head}>
        <a className={style.back} href={create ? connectorHref(null) : href(null)}>
          <Icon name="back" />
          {t(create ? 'connectors' : 'workflows')}
        </a>
        <h1 className={style.title}>
          {t(
            create === 'definition'
              ? 'definition.new.title'
              : create === 'openapi'
                ? 'import.title'
                : 'connectors',
          )}
        </h1>
        <span className={style.space} />
        {!create && (
          <>
            <a className={style.action} href={connectorHref(null, { create: 'openapi' })}>
              {t('connectors.import')}
            </a>
            <a className={style.action} href={connectorHref(null, { create: 'definition' })}>
              <Icon name="plus" size={14} />
              {t('connectors.new')}
            </a>
          </>
        )}
      </header>
      {create === 'definition' && <DefinitionEditor connector={null} />}
      {create === 'openapi' && <ImportForm />}
      {!create && <Registry initial={params.get('q') ?? ''} />}
    </main>
  );
}

function Registry({ initial }: { initial: string }) {
  const { value, error, loading, reload } = useResource('connectors', listConnectors);
  const [q, setQ] = useState(initial);
  const found = (value ?? []).filter((row) => matches(row, q));
  return (
    <>
      <div className={style.bar}>
        <div className={style.search}>
          <Icon name="search" />
          <input
            type="search"
            value={q}
            placeholder={t('connectors.search')}
            aria-label={t('connectors.search')}
            onChange={(event) => setQ(event.target.value)}
            onBlur={() => go(connectorHref(null, { q }), { replace: true })}
          />
        </div>
        <span role="status" className={style.muted}>
          {value &&
            t(found.length === 1 ? 'connectors.count.one' : 'connectors.count.other', {
              n: found.length,
            })}
        </span>
      </div>
      <div className={style.list}>
        {error !== undefined && value && <StaleNote error={error} again={reload} />}
        {!value && loading && <Skeleton lines={6} tall />}
        {!value && !loading && <LoadError error={error} again={reload} />}
        {value && found.length === 0 && (
          <Message
            title={t('connectors.none.title')}
            text={t('connectors.none.text', { q })}
            action={{ label: t('connectors.all'), act: () => setQ('') }}
          />
        )}
        {found.length > 0 && <Table rows={found} />}
      </div>
    </>
  );
}

function matches({ title, slug, accessor, origin }: ConnectorRow, q: string): boolean {
  const text = `${title} ${slug} ${accessor} ${origin} ${t(`origin.${origin}`)}`;
  const folded = text.toLocaleLowerCase(language);
  return q
    .toLocaleLowerCase(language)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

function Table({ rows }: { rows: ConnectorRow[] }) {
  const sorted = rows.toSorted((a, b) => a.title.localeCompare(b.title, language));
  return (
    <table className={style.table}>
      <thead>
        <tr>
          <th scope="col">{t('column.connector')}</th>
          <th scope="col">{t('column.origin')}</th>
          <th scope="col">{t('column.version')}</th>
          <th scope="col">{t('column.auth')}</th>
          <th scope="col" className={style.number}>
            {t('column.actions.count')}
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={`${row.origin} ${row.slug}`} className={style.row}>
            <td>
              <a className={style.name} href={connectorHref(row.slug)}>
                {row.title}
              </a>
              <div className={style.slug}>
                {row.slug} <VerifiedNote connector={row} />
              </div>
              {row.description && <div className={style.description}>{row.description}</div>}
            </td>
            <td>
              <OriginBadge origin={row.origin} />
            </td>
            <td>{row.version === null ? '–' : `v${row.version}`}</td>
            <td className={style.mono}>{row.auth === 'none' ? t('connector.none') : row.auth}</td>
            <td className={style.number}>{row.actions}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
