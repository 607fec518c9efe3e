import { useState } from 'react';
import type { Action, Connection, Connector } from '../api/connectors';
import { EffectBadge } from '../ui/Badge';
import { CopyButton } from '../ui/CopyButton';
import { Icon } from '../ui/Icon';
import { SearchField } from '../ui/SearchField';
import { span, t } from '../words';
import style from './ActionsTab.module.css';
import { exampleCall, shapes } from './example';
import { TryAction } from './TryAction';

/** What the connector can do: each action opens to its parameters, output, example and a try. */
export function ActionsTab({
  connector,
  connections,
  first,
}: {
  connector: Connector;
  connections: Connection[];
  /** The action that is open at the start. */
  first: string | null;
}) {
  const [open, setOpen] = useState(first ?? connector.actions[0]?.name ?? null);
  const [q, setQ] = useState('');
  const words = q.toLowerCase().split(/\s+/);
  const found = connector.actions.filter(({ name, title }) =>
    words.every((word) => `${name} ${title}`.toLowerCase().includes(word)),
  );
  return (
    <div className={style.tab}>
      <p className={style.intro}>
        {connector.description} <span className={style.muted}>{t('connector.inCode')}:</span>{' '}
        <code className={style.mono}>fastn.connector.{connector.accessor}</code>
      </p>
      {connector.actions.length > 8 && (
        <div className={style.find}>
          <SearchField small label={t('action.find')} value={q} onChange={setQ} />
        </div>
      )}
      {found.length === 0 && <p className={style.muted}>{t('action.none', { q })}</p>}
      <ul className={style.actions}>
        {found.map((action) => (
          <li key={action.name} className={style.action}>
            <h2 className={style.head}>
              <button
                type="button"
                className={style.toggle}
                aria-expanded={open === action.name}
                onClick={() => setOpen(open === action.name ? null : action.name)}
              >
                <Icon name="chevron" size={12} />
                <EffectBadge kind={action.kind} />
                <span className={style.mono}>{action.name}</span>
                <span className={style.title}>{action.title}</span>
              </button>
            </h2>
            {open === action.name && (
              <Details connector={connector} action={action} connections={connections} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Details({
  connector,
  action,
  connections,
}: {
  connector: Connector;
  action: Action;
  connections: Connection[];
}) {
  const call = exampleCall(connector, action);
  return (
    <div className={style.details}>
      {action.description && <p className={style.text}>{action.description}</p>}
      <p className={style.muted}>
        {t('action.timeout', { time: span(action.timeoutMs) })}
        {action.idempotent && ` · ${t('action.idempotent')}`}
      </p>
      <h3 className={style.heading}>{t('action.parameters')}</h3>
      <Parameters action={action} />
      <h3 className={style.heading}>{t('action.output')}</h3>
      {action.output ? (
        <Code
          text={shapes(action.output, connector.schemas)}
          label={`${t('action.output')}: ${action.name}`}
        />
      ) : (
        <p className={style.muted}>{t('action.output.unknown')}</p>
      )}
      <h3 className={style.heading}>{t('action.example')}</h3>
      <div className={style.example}>
        <Code text={call} label={`${t('action.example')}: ${action.name}`} />
        <CopyButton text={call} label={t('action.copy')} />
      </div>
      <TryAction connector={connector} action={action} connections={connections} />
    </div>
  );
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: preformatted text, not a set of fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <pre className={style.code} role="group" aria-label={label} tabIndex={0}>
      {text}
    </pre>
  );
}

function Parameters({ action: { parameters, othersAllowed } }: { action: Action }) {
  return (
    <>
      {parameters.length > 0 && (
        <table className={style.parameters}>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('action.type')}</th>
              <th scope="col">{t('action.description')}</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map(({ name, type, required, description }) => (
              <tr key={name}>
                <th scope="row" className={style.mono}>
                  {name}
                </th>
                <td>
                  <span className={style.mono}>{type}</span>
                  {required && <span className={style.required}> {t('action.required')}</span>}
                </td>
                <td>{description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(parameters.length === 0 || othersAllowed) && (
        <p className={style.muted}>{t(othersAllowed ? 'action.others' : 'action.noParameters')}</p>
      )}
    </>
  );
}
