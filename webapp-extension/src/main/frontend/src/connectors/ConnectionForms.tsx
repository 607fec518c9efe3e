import { useState } from 'react';
import {
  type Connection,
  type Connector,
  changeConnection,
  createConnection,
  type NewConnection,
} from '../api/connectors';
import { Dialog } from '../ui/Dialog';
import { Check, Field } from '../ui/Field';
import { errorText } from '../ui/Message';
import { type Key, t } from '../words';
import { en } from '../words/en';
import style from './ConnectionsTab.module.css';

/** Names that are no secret and may be seen while they are typed. */
const SHOWN = ['username', 'clientId'];

function fieldName(name: string): string {
  const key = `field.${name}`;
  return key in en ? t(key as Key) : name;
}

const without = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** Sends what was typed, and says why it was refused. */
export function useSending(onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const send = (what: () => Promise<unknown>) => {
    setBusy(true);
    setRefused(null);
    what()
      .then(onDone)
      .catch((error: unknown) => {
        setRefused(errorText(error));
        setBusy(false);
      });
  };
  return { busy, refused, send };
}

function Secrets({
  names,
  values,
  required,
  onChange,
}: {
  names: string[];
  values: Record<string, string>;
  required: boolean;
  onChange(values: Record<string, string>): void;
}) {
  return names.map((name) => (
    <Field
      key={name}
      label={fieldName(name)}
      type={SHOWN.includes(name) ? 'text' : 'password'}
      autoComplete={SHOWN.includes(name) ? 'off' : 'new-password'}
      required={required}
      value={values[name] ?? ''}
      onChange={(value) => onChange({ ...values, [name]: value })}
    />
  ));
}

/** A new connection; where people sign in at the service, the window opens from here. */
export function AddConnection({
  connector,
  first,
  signIn,
  onDone,
  onClose,
}: {
  connector: Connector;
  first: boolean;
  signIn(start: NewConnection): void;
  onDone(): void;
  onClose(): void;
}) {
  const { fields: names, settings: titles } = connector.connection;
  const [label, setLabel] = useState('');
  const [environment, setEnvironment] = useState('');
  const [fields, setFields] = useState<Record<string, string>>({});
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [isDefault, setDefault] = useState(first);
  const { busy, refused, send } = useSending(onDone);
  const needsSignIn = connector.auth === 'oauth2Code';
  const onGo = () => {
    const draft: NewConnection = {
      connector: connector.slug,
      orgId: connector.origin,
      environment: environment || null,
      label,
      settings: without(settings),
      isDefault,
    };
    if (needsSignIn) signIn(draft);
    else send(() => createConnection({ ...draft, fields: without(fields) }));
  };
  return (
    <Dialog
      title={`${t('connection.add')}: ${connector.title}`}
      go={t(needsSignIn ? 'connection.signIn' : 'connection.add')}
      busy={busy}
      onGo={onGo}
      onClose={onClose}
    >
      <Field label={t('connection.label')} required value={label} onChange={setLabel} />
      <Secrets names={names} values={fields} required onChange={setFields} />
      {Object.entries(titles).map(([name, title]) => (
        <Field
          key={name}
          label={title}
          value={settings[name] ?? ''}
          onChange={(value) => setSettings({ ...settings, [name]: value })}
        />
      ))}
      <Field
        label={t('connection.environment')}
        placeholder={t('connection.environment.all')}
        value={environment}
        onChange={setEnvironment}
      />
      <Check label={t('connection.isDefault')} checked={isDefault} onChange={setDefault} />
      {names.length > 0 && <p className={style.muted}>{t('connection.write')}</p>}
      {refused && (
        <p className={style.bad} role="alert">
          {refused}
        </p>
      )}
    </Dialog>
  );
}

/** New values in place of those that are kept; what is left empty stays. */
export function RotateConnection({
  connector,
  connection,
  onDone,
  onClose,
}: {
  connector: Connector;
  connection: Connection;
  onDone(): void;
  onClose(): void;
}) {
  const [fields, setFields] = useState<Record<string, string>>({});
  const { busy, refused, send } = useSending(onDone);
  return (
    <Dialog
      title={t('connection.rotate.title', { label: connection.label })}
      go={t('connection.rotate')}
      busy={busy || Object.keys(without(fields)).length === 0}
      onGo={() => send(() => changeConnection(connection.id, { fields: without(fields) }))}
      onClose={onClose}
    >
      <p className={style.muted}>
        {t('connection.rotate.text')} {t('connection.write')}
      </p>
      <Secrets
        names={connector.connection.fields}
        values={fields}
        required={false}
        onChange={setFields}
      />
      {refused && (
        <p className={style.bad} role="alert">
          {refused}
        </p>
      )}
    </Dialog>
  );
}
