import { ApiError } from '../api/client';
import {
  type Connector,
  getConnector,
  listConnections,
  listConnectorVersions,
} from '../api/connectors';
import { useResource } from '../api/useResource';
import { connectorHref, go, useShown } from '../host/router';
import { LoadError, Message, StaleNote } from '../ui/Message';
import { Page, PageLink } from '../ui/Page';
import { Skeleton } from '../ui/Skeleton';
import { Tabs } from '../ui/Tabs';
import { Time } from '../ui/Time';
import { t } from '../words';
import { ActionsTab } from './ActionsTab';
import { ConnectionsTab } from './ConnectionsTab';
import style from './ConnectorPage.module.css';
import { DefinitionEditor } from './DefinitionEditor';
import { OriginBadge, VerifiedNote } from './marks';

const TABS = ['actions', 'connections', 'versions', 'definition'] as const;
type TabId = (typeof TABS)[number];

/** One connector: what it can do, who it calls as, its versions and its definition. */
export default function ConnectorPage({ slug, params }: { slug: string; params: URLSearchParams }) {
  const { value, error, loading, reload } = useResource(`connector ${slug}`, (signal) =>
    getConnector(slug, signal),
  );
  const tab = TABS.find((id) => id === params.get('tab')) ?? 'actions';
  useShown(params, { tab });
  if (!value && !loading) {
    if (!(error instanceof ApiError) || error.status !== 404) {
      return <LoadError error={error} again={reload} />;
    }
    return (
      <Message
        title={t('connector.unknown.title', { slug })}
        text={t('connector.unknown.text')}
        action={{ label: t('connector.back'), act: () => go(connectorHref(null)) }}
      />
    );
  }
  return (
    <Page
      title={value?.title ?? slug}
      back={{ href: connectorHref(null), words: t('connectors') }}
      marks={value && <Marks connector={value} />}
      tools={
        value?.docs && (
          <PageLink href={value.docs} leaves>
            {t('connector.docs')}
          </PageLink>
        )
      }
    >
      {error !== undefined && <StaleNote error={error} again={reload} />}
      {value ? (
        <Panels
          connector={value}
          tab={tab}
          action={params.get('action')}
          reload={reload}
          show={(next) => go(connectorHref(slug, { tab: next }))}
        />
      ) : (
        <Skeleton lines={8} />
      )}
    </Page>
  );
}

function Marks({ connector }: { connector: Connector }) {
  return (
    <>
      <OriginBadge origin={connector.origin} />
      {connector.version !== null && <span className={style.muted}>v{connector.version}</span>}
      <VerifiedNote connector={connector} />
    </>
  );
}

function Panels({
  connector,
  tab,
  action,
  reload,
  show,
}: {
  connector: Connector;
  tab: TabId;
  action: string | null;
  reload(): void;
  show(tab: TabId): void;
}) {
  const connections = useResource('connections', listConnections);
  const own = connections.value?.filter(
    ({ connector: of, orgId }) => of === connector.slug && orgId === connector.origin,
  );
  const counts: Partial<Record<TabId, number | undefined>> = {
    actions: connector.actions.length,
    connections: own?.length,
  };
  return (
    <Tabs
      label={t('connector.tabs')}
      active={tab}
      choose={show}
      tabs={TABS.map((id) => ({ id, label: t(`connector.${id}`), count: counts[id] }))}
    >
      {tab === 'actions' && (
        <ActionsTab key={action} connector={connector} connections={own ?? []} first={action} />
      )}
      {tab === 'connections' && (
        <ConnectionsTab connector={connector} connections={connections} own={own} />
      )}
      {tab === 'versions' && <VersionsTab connector={connector} />}
      {tab === 'definition' &&
        (connector.definition === undefined ? (
          <Message title={t('connector.definition')} text={t('definition.readonly')} />
        ) : (
          <DefinitionEditor key={connector.version} connector={connector} onSaved={reload} />
        ))}
    </Tabs>
  );
}

function VersionsTab({ connector: { slug, version } }: { connector: Connector }) {
  const { value, error, loading, reload } = useResource(
    `connector versions ${slug} ${version}`,
    (signal) => listConnectorVersions(slug, signal),
  );
  if (!value) return loading ? <Skeleton lines={4} /> : <LoadError error={error} again={reload} />;
  if (value.length === 0) {
    return <Message title={t('connector.versions')} text={t('definition.readonly')} />;
  }
  return (
    <ol className={style.versions}>
      {value.map((each) => (
        <li key={each.version}>
          <strong>v{each.version}</strong>
          <Time iso={each.createdAt} />
          <span className={style.muted}>{each.createdBy}</span>
        </li>
      ))}
    </ol>
  );
}
