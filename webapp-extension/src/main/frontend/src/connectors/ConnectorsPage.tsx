import { useState } from 'react';
import { type ConnectorRow, listConnectors } from '../api/connectors';
import { useResource } from '../api/useResource';
import { connectorHref, go, href, useShown } from '../host/router';
import { ButtonLink } from '../ui/Button';
import { LoadError, Message, StaleNote } from '../ui/Message';
import { Page } from '../ui/Page';
import { SearchField } from '../ui/SearchField';
import { Skeleton } from '../ui/Skeleton';
import table from '../ui/Table.module.css';
import { language, t, worded } from '../words';
import style from './ConnectorsPage.module.css';
import { DefinitionEditor } from './DefinitionEditor';
import { ImportForm } from './ImportForm';
import { OriginBadge, VerifiedNote } from './marks';

const FORMS = ['definition', 'openapi'] as const;
const TITLES = { definition: 'definition.new.title', openapi: 'import.title' } as const;

/** All connectors that the tenant can call, or a form for a new one. */
export default function ConnectorsPage({ params }: { params: URLSearchParams }) {
  const create = FORMS.find((form) => form === params.get('create'));
  useShown(params, { create: create ?? null });
  return (
    <Page
      large
      title={t(create ? TITLES[create] : 'connectors')}
      back={
        create
          ? { href: connectorHref(null), words: t('connectors') }
          : { href: href(null), words: t('workflows') }
      }
      tools={
        !create && (
          <>
            <ButtonLink href={connectorHref(null, { create: 'openapi' })}>
              {t('connectors.import')}
            </ButtonLink>
            <ButtonLink href={connectorHref(null, { create: 'definition' })} icon="plus">
              {t('connectors.new')}
            </ButtonLink>
          </>
        )
      }
    >
      {create === 'definition' && <DefinitionEditor connector={null} />}
      {create === 'openapi' && <ImportForm />}
      {!create && <Registry initial={params.get('q') ?? ''} />}
    </Page>
  );
}

function Registry({ initial }: { initial: string }) {
  const { value, error, loading, reload } = useResource('connectors', listConnectors);
  const [q, setQ] = useState(initial);
  const found = (value ?? []).filter((row) => matches(row, q));
  return (
    <>
      <div className={style.bar}>
        <SearchField
          label={t('connectors.search')}
          value={q}
          onChange={setQ}
          onLeave={() => go(connectorHref(null, { q }), { replace: true })}
        />
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
    <table className={`${table.table} ${style.table}`}>
      <thead>
        <tr>
          <th scope="col">{t('column.connector')}</th>
          <th scope="col">{t('column.origin')}</th>
          <th scope="col">{t('column.version')}</th>
          <th scope="col">{t('column.auth')}</th>
          <th scope="col" className={table.number}>
            {t('column.actions.count')}
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={`${row.origin} ${row.slug}`} className={table.row}>
            <td>
              <a
                className={`${table.name} ${table.cover} ${style.name}`}
                href={connectorHref(row.slug)}
              >
                {row.title}
              </a>
              <div className={style.line}>
                <span className={table.slug}>{row.slug}</span> <VerifiedNote connector={row} />
              </div>
              {row.description && <div className={style.description}>{row.description}</div>}
            </td>
            <td>
              <OriginBadge origin={row.origin} />
            </td>
            <td>{row.version === null ? '–' : `v${row.version}`}</td>
            <td>{worded('auth', row.auth)}</td>
            <td className={table.number}>{row.actions}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
