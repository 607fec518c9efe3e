import { useState } from 'react';
import {
  type Connection,
  type Connector,
  changeConnection,
  createConnection,
  type NewConnection,
} from '../api/connectors';
import { Dialog } from '../ui/Dialog';
import { Check, Choice, Field, Lines } from '../ui/Field';
import { errorText } from '../ui/Message';
import { t, worded } from '../words';
import {
  answers,
  fieldsOf,
  kindQuestions,
  type Question,
  questions,
  SHOWN,
  wrongLine,
} from './asked';
import style from './ConnectionsTab.module.css';
import type { SignIn } from './useSignIn';

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
  return { busy, refused, refuse: setRefused, send };
}

function Questions({
  asked,
  values,
  rotating = false,
  onChange,
}: {
  asked: Question[];
  values: Record<string, string>;
  /** Whether what is left empty stays as it is. */
  rotating?: boolean;
  onChange(values: Record<string, string>): void;
}) {
  return asked.map(({ what, name, title, needed }) => {
    const said = what === 'field' ? worded('field', name) : title;
    const label = needed || rotating ? said : t('field.optional', { name: said });
    const value = values[name] ?? '';
    const change = (to: string) => onChange({ ...values, [name]: to });
    if (what === 'list') {
      return (
        <Lines
          key={name}
          label={label}
          hint={t('connection.lines')}
          value={value}
          onChange={change}
        />
      );
    }
    const secret = what === 'field' && !SHOWN.includes(name);
    return (
      <Field
        key={name}
        label={label}
        type={secret ? 'password' : 'text'}
        autoComplete={secret ? 'new-password' : 'off'}
        required={needed && !rotating}
        value={value}
        onChange={change}
      />
    );
  });
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
  signIn: SignIn;
  onDone(): void;
  onClose(): void;
}) {
  const { auths } = connector.connection;
  const [label, setLabel] = useState('');
  const [environment, setEnvironment] = useState('');
  const [type, setType] = useState(auths[0]?.type ?? '');
  const [values, setValues] = useState<Record<string, string>>({});
  const [scopes, setScopes] = useState('');
  const [isDefault, setDefault] = useState(first);
  const { busy, refused, refuse, send } = useSending(onDone);
  const needsSignIn = connector.auth === 'oauth2Code';
  const kind = auths.find((each) => each.type === type);
  const asked = questions(connector.connection);
  const { shown, more } = kind ? kindQuestions(connector, kind, values) : { shown: [], more: [] };
  const all = [...asked, ...shown, ...more];
  const draft = (): NewConnection => {
    const said = answers(all, values);
    const wanted = kind?.takesScopes ? scopes.split(/\s+/).filter(Boolean) : [];
    return {
      connector: connector.slug,
      orgId: connector.origin,
      environment: environment || null,
      label,
      ...(!needsSignIn && { fields: said.fields }),
      settings: { ...said.settings, ...(kind && { 'auth.type': kind.type }) },
      ...(wanted.length > 0 && { scopes: wanted }),
      isDefault,
    };
  };
  const onGo = () => {
    const line = wrongLine(all, values);
    if (line) refuse(t('connection.line', { line }));
    else if (needsSignIn) signIn.start(draft());
    else send(() => createConnection(draft()));
  };
  return (
    <Dialog
      title={`${t('connection.add')}: ${connector.title}`}
      go={t(needsSignIn ? 'connection.signIn' : 'connection.add')}
      busy={busy || signIn.waiting}
      onGo={onGo}
      onClose={onClose}
    >
      <Field label={t('connection.label')} required value={label} onChange={setLabel} />
      <Questions asked={asked} values={values} onChange={setValues} />
      {kind && (
        <Choice label={t('connection.auth')} value={type} onChange={setType}>
          {auths.map((each) => (
            <option key={each.type} value={each.type}>
              {worded('auth', each.type)}
            </option>
          ))}
        </Choice>
      )}
      <Questions asked={shown} values={values} onChange={setValues} />
      {kind?.takesScopes && (
        <Field
          label={t('field.optional', { name: t('connection.scopes') })}
          value={scopes}
          onChange={setScopes}
          hint={t('connection.scopes.hint')}
        />
      )}
      {more.length > 0 && (
        <details className={style.more}>
          <summary>{t('connection.more')}</summary>
          <div>
            <Questions asked={more} values={values} onChange={setValues} />
          </div>
        </details>
      )}
      <Field
        label={t('connection.environment')}
        placeholder={t('connection.environment.all')}
        value={environment}
        onChange={setEnvironment}
      />
      <Check label={t('connection.isDefault')} checked={isDefault} onChange={setDefault} />
      {all.some(({ what }) => what === 'field') && (
        <p className={style.muted}>{t('connection.write')}</p>
      )}
      {signIn.waiting && <p role="status">{t('connection.waiting')}</p>}
      {(refused ?? signIn.refused) && (
        <p className={style.bad} role="alert">
          {refused ?? signIn.refused}
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
  const [values, setValues] = useState<Record<string, string>>({});
  const { busy, refused, send } = useSending(onDone);
  const asked = questions({ fields: fieldsOf(connector, connection), settings: {}, needs: [] });
  const fields = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  return (
    <Dialog
      title={t('connection.rotate.title', { label: connection.label })}
      go={t('connection.rotate')}
      busy={busy || Object.keys(fields).length === 0}
      onGo={() => send(() => changeConnection(connection.id, { fields }))}
      onClose={onClose}
    >
      <p className={style.muted}>
        {t('connection.rotate.text')} {t('connection.write')}
      </p>
      <Questions asked={asked} values={values} rotating onChange={setValues} />
      {refused && (
        <p className={style.bad} role="alert">
          {refused}
        </p>
      )}
    </Dialog>
  );
}
