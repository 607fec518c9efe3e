import { useState } from 'react';
import {
  type Connection,
  type Connector,
  changeConnection,
  deleteConnection,
  makeDefault,
  verifyConnection,
} from '../api/connectors';
import type { Resource } from '../api/useResource';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { errorText, LoadError, Message } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import { Time } from '../ui/Time';
import { t, worded } from '../words';
import { fieldsOf } from './asked';
import { AddConnection, RotateConnection } from './ConnectionForms';
import style from './ConnectionsTab.module.css';
import { ConnectionBadge } from './marks';
import { OAuthAppPart } from './OAuthAppPart';
import { useSignIn } from './useSignIn';

type Asking = { what: 'add' } | { what: 'rotate' | 'delete'; connection: Connection } | null;

/** Who the connector calls as: the tenant's connections, with everything one does to them. Secrets only go in. */
export function ConnectionsTab({
  connector,
  connections,
  own,
}: {
  connector: Connector;
  connections: Resource<Connection[]>;
  own: Connection[] | undefined;
}) {
  const [asking, setAsking] = useState<Asking>(null);
  const [said, setSaid] = useState<{ text: string; bad: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const { reload } = connections;
  const done = () => {
    setAsking(null);
    reload();
  };
  const signIn = useSignIn(done);
  const act = (what: Promise<unknown>) => {
    setBusy(true);
    setSaid(null);
    signIn.clear();
    what
      .then(done)
      .catch((error: unknown) => setSaid({ text: errorText(error), bad: true }))
      .finally(() => setBusy(false));
  };
  const verify = (connection: Connection) =>
    act(
      verifyConnection(connection.id).then(({ verified, message }) => {
        if (verified === null) setSaid({ text: t('connection.unknowable'), bad: false });
        else if (verified) setSaid({ text: t('connection.verified'), bad: false });
        else {
          const text = t('connection.unverified', { message: message ?? '' });
          setSaid({ text: `${connection.label}: ${text}`, bad: true });
        }
      }),
    );

  if (connector.auth === 'none') {
    return <Message title={t('connection.unneeded.title')} text={t('connection.unneeded.text')} />;
  }
  if (!own) {
    return connections.loading ? (
      <Skeleton lines={4} />
    ) : (
      <LoadError error={connections.error} again={reload} />
    );
  }
  const needsSignIn = connector.auth === 'oauth2Code';
  return (
    <div className={style.tab}>
      <div className={style.bar}>
        <Button
          look="primary"
          icon="plus"
          onClick={() => {
            signIn.clear();
            setAsking({ what: 'add' });
          }}
        >
          {t('connection.add')}
        </Button>
        <p role="status" className={said?.bad || signIn.refused ? style.bad : style.muted}>
          {asking
            ? null
            : signIn.waiting
              ? t('connection.waiting')
              : (signIn.refused ?? said?.text)}
        </p>
      </div>
      {own.length === 0 && (
        <Message title={t('connection.none.title')} text={t('connection.none.text')} />
      )}
      {connector.auth.startsWith('oauth2') && <OAuthAppPart connector={connector} />}
      {connector.connection.secretsNamed && (
        <p className={style.muted}>{t('connection.secrets')}</p>
      )}
      <ul className={style.list}>
        {own.map((connection) => (
          <li key={connection.id} className={style.row}>
            <Facts connection={connection} />
            {/* biome-ignore lint/a11y/useSemanticElements: buttons, not fields */}
            <div
              className={style.buttons}
              role="group"
              aria-label={t('connection.actions', { label: connection.label })}
            >
              <Button disabled={busy} onClick={() => verify(connection)}>
                {t('connection.verify')}
              </Button>
              {needsSignIn ? (
                <Button
                  disabled={busy || signIn.waiting}
                  onClick={() => signIn.start({ connectionId: connection.id })}
                >
                  {t('connection.again')}
                </Button>
              ) : (
                fieldsOf(connector, connection).length > 0 && (
                  <Button disabled={busy} onClick={() => setAsking({ what: 'rotate', connection })}>
                    {t('connection.rotate')}
                  </Button>
                )
              )}
              {!connection.isDefault && (
                <Button disabled={busy} onClick={() => act(makeDefault(connection.id))}>
                  {t('connection.makeDefault')}
                </Button>
              )}
              <Button
                disabled={busy}
                onClick={() =>
                  act(
                    changeConnection(connection.id, {
                      status: connection.status === 'INACTIVE' ? 'ACTIVE' : 'INACTIVE',
                    }),
                  )
                }
              >
                {t(
                  connection.status === 'INACTIVE'
                    ? 'connection.activate'
                    : 'connection.deactivate',
                )}
              </Button>
              <Button disabled={busy} onClick={() => setAsking({ what: 'delete', connection })}>
                {t('connection.delete')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asking?.what === 'add' && (
        <AddConnection
          connector={connector}
          first={own.length === 0}
          signIn={signIn}
          onDone={done}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.what === 'rotate' && (
        <RotateConnection
          connector={connector}
          connection={asking.connection}
          onDone={done}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.what === 'delete' && (
        <Dialog
          title={t('connection.delete.title', { label: asking.connection.label })}
          go={t('connection.delete')}
          danger
          busy={busy}
          onGo={() => act(deleteConnection(asking.connection.id))}
          onClose={() => setAsking(null)}
        >
          <p>{t('connection.delete.text')}</p>
          {said?.bad && <p className={style.bad}>{said.text}</p>}
        </Dialog>
      )}
    </div>
  );
}

function Facts({ connection }: { connection: Connection }) {
  const { label, environment, status, isDefault, method, account, settings, updatedAt, updatedBy } =
    connection;
  return (
    <div className={style.facts}>
      <div className={style.label}>
        <strong>{label}</strong>
        <ConnectionBadge status={status} />
        {isDefault && <span className={style.default}>{t('connection.default')}</span>}
      </div>
      <div className={style.muted}>
        {environment ?? t('connection.environment.all')}
        {account && ` · ${t('connection.account')}: ${account}`}
        {method === settings['auth.type'] && ` · ${worded('auth', method)}`}
        {Object.entries(settings)
          .filter(([name]) => name !== 'auth.type')
          .map(([name, value]) => ` · ${name}: ${value}`)}
        {' · '}
        <Time iso={updatedAt} /> · {updatedBy}
      </div>
    </div>
  );
}
