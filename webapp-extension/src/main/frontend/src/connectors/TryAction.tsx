import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/client';
import {
  type Action,
  type Connection,
  type Connector,
  type Trial,
  tryAction,
} from '../api/connectors';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { JsonView } from '../ui/JsonView';
import { errorText } from '../ui/Message';
import { Select } from '../ui/Select';
import { t } from '../words';
import { JsonField } from '../workflows/editor/JsonField';
import { type JsonFault, parseJson } from '../workflows/json';
import style from './ActionsTab.module.css';
import { exampleInput } from './example';

type Outcome = { trial: Trial } | { refused: string };

/** Runs the action: MOCK makes a result up, LIVE really calls the service and asks before. */
export function TryAction({
  connector,
  action,
  connections,
}: {
  connector: Connector;
  action: Action;
  connections: Connection[];
}) {
  const [input, setInput] = useState(() => JSON.stringify(exampleInput(action), null, 2));
  const [fault, setFault] = useState<JsonFault | null>(null);
  const [connection, setConnection] = useState('');
  const [asking, setAsking] = useState<{ input: unknown } | null>(null);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const run = (trial: Parameters<typeof tryAction>[2]) => {
    abort.current?.abort();
    const current = new AbortController();
    abort.current = current;
    setBusy(true);
    setAsking(null);
    tryAction(connector.slug, action.name, trial, current.signal)
      .then((done) => setOutcome({ trial: done }))
      .catch((error: unknown) => {
        if (current.signal.aborted) return;
        const code = error instanceof ApiError && error.code ? ` (${error.code})` : '';
        setOutcome({ refused: errorText(error) + code });
      })
      .finally(() => current.signal.aborted || setBusy(false));
  };
  const askLive = () => {
    const parsed = parseJson(input.trim() === '' ? '{}' : input);
    setFault('fault' in parsed ? parsed.fault : null);
    if ('value' in parsed) setAsking({ input: parsed.value });
  };

  return (
    <section className={style.try} aria-label={`${t('try.title')}: ${action.name}`}>
      <h3 className={style.heading}>{t('try.title')}</h3>
      <JsonField
        name={t('try.input')}
        text={input}
        lines={3}
        problem={fault}
        onChange={(text) => {
          setFault(null);
          setInput(text);
        }}
        onRun={askLive}
      />
      <div className={style.buttons}>
        <Button disabled={busy} onClick={() => run({ mode: 'MOCK' })}>
          {t('try.mock')}
        </Button>
        <Button disabled={busy} onClick={askLive}>
          {t('try.live')}
        </Button>
        {connections.length > 0 && (
          <Select label={t('try.connection')} value={connection} choose={setConnection}>
            <option value="">{t('try.connection.default')}</option>
            {connections.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </div>
      <div aria-live="polite">{outcome && <Shown outcome={outcome} />}</div>
      {asking && (
        <Dialog
          title={t('try.confirm.title', { action: `${connector.accessor}.${action.name}` })}
          go={t('try.confirm.go')}
          danger={action.kind === 'WRITE'}
          onClose={() => setAsking(null)}
          onGo={() =>
            run({
              mode: 'LIVE',
              confirm: true,
              input: asking.input,
              ...(connection && { connection }),
            })
          }
        >
          <p>{t(action.kind === 'WRITE' ? 'try.confirm.write' : 'try.confirm.read')}</p>
        </Dialog>
      )}
    </section>
  );
}

function Shown({ outcome }: { outcome: Outcome }) {
  if ('refused' in outcome) return <p className={style.failed}>{outcome.refused}</p>;
  const { mode, success, result, error } = outcome.trial;
  if (!success) {
    const { name, message, ...more } = error ?? { name: '', message: '' };
    return (
      <div className={style.failed}>
        <strong>{name}</strong> {message}
        {Object.keys(more).length > 0 && <JsonView value={more} label={t('run.error')} />}
      </div>
    );
  }
  const made = mode === 'MOCK' ? (result as { output?: unknown })?.output : result;
  return (
    <>
      <p className={style.muted}>{t('try.result', { mode })}</p>
      <JsonView value={made} label={t('try.result', { mode })} />
    </>
  );
}
