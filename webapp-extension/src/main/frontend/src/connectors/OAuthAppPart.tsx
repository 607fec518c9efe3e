import { useState } from 'react';
import { type Connector, deleteOAuthApp, getOAuthApp, putOAuthApp } from '../api/connectors';
import { useResource } from '../api/useResource';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { errorText } from '../ui/Message';
import { t } from '../words';
import { useSending } from './ConnectionForms';
import style from './ConnectionsTab.module.css';

/** The OAuth app a connector signs in with: it must be there before anybody can. */
export function OAuthAppPart({ connector: { slug, auth } }: { connector: Connector }) {
  const { value, error, loading, reload } = useResource(`oauth app ${slug}`, (signal) =>
    getOAuthApp(slug, signal),
  );
  const [asking, setAsking] = useState<'change' | 'delete' | null>(null);
  const done = () => {
    setAsking(null);
    reload();
  };
  return (
    <section className={style.app} aria-label={t('app')}>
      <div className={style.facts}>
        <strong>{t('app')}</strong>{' '}
        <span className={style.muted} role="status">
          {value === undefined
            ? loading
              ? t('loading')
              : errorText(error)
            : value === null
              ? t(auth === 'oauth2Code' ? 'app.none' : 'app.perConnection')
              : t(value.hasSecret ? 'app.is' : 'app.isPublic', { id: value.clientId })}
          {value?.managed && ` · ${t('origin.managed')}`}
        </span>
      </div>
      <div className={style.buttons}>
        <Button onClick={() => setAsking('change')}>
          {t(value && !value.managed ? 'app.change' : 'app.add')}
        </Button>
        {value && !value.managed && (
          <Button onClick={() => setAsking('delete')}>{t('app.delete')}</Button>
        )}
      </div>
      {asking === 'change' && (
        <AppForm
          slug={slug}
          clientId={value && !value.managed ? value.clientId : ''}
          onDone={done}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'delete' && (
        <DeleteApp slug={slug} onDone={done} onClose={() => setAsking(null)} />
      )}
    </section>
  );
}

function AppForm({
  slug,
  clientId: before,
  onDone,
  onClose,
}: {
  slug: string;
  clientId: string;
  onDone(): void;
  onClose(): void;
}) {
  const [clientId, setClientId] = useState(before);
  const [clientSecret, setSecret] = useState('');
  const { busy, refused, send } = useSending(onDone);
  return (
    <Dialog
      title={t('app')}
      go={t('app.save')}
      busy={busy}
      onGo={() =>
        send(() => putOAuthApp(slug, { clientId, ...(clientSecret && { clientSecret }) }))
      }
      onClose={onClose}
    >
      <p className={style.muted}>{t('app.redirect')}</p>
      <Field label={t('field.clientId')} required value={clientId} onChange={setClientId} />
      <Field
        label={t('field.clientSecret')}
        type="password"
        autoComplete="new-password"
        value={clientSecret}
        onChange={setSecret}
        hint={t('connection.write')}
      />
      {refused && (
        <p className={style.bad} role="alert">
          {refused}
        </p>
      )}
    </Dialog>
  );
}

function DeleteApp({ slug, onDone, onClose }: { slug: string; onDone(): void; onClose(): void }) {
  const { busy, refused, send } = useSending(onDone);
  return (
    <Dialog
      title={t('app.delete.title')}
      go={t('app.delete')}
      danger
      busy={busy}
      onGo={() => send(() => deleteOAuthApp(slug))}
      onClose={onClose}
    >
      <p>{t('app.delete.text')}</p>
      {refused && (
        <p className={style.bad} role="alert">
          {refused}
        </p>
      )}
    </Dialog>
  );
}
