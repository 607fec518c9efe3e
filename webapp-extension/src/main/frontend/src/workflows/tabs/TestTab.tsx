import { useState } from 'react';
import { ApiError } from '../../api/client';
import type { Workflow } from '../../api/types';
import { StatusBadge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { errorText, Message, signIn } from '../../ui/Message';
import { useRemembered } from '../../ui/remembered';
import { duration, t } from '../../words';
import { JsonField } from '../editor/JsonField';
import { type JsonFault, parseJson } from '../json';
import { ErrorBox, RunView } from '../RunView';
import style from './TestTab.module.css';
import { type TestRun, useTestRun } from './useTestRun';

/** Runs the deployed version with an input and shows what comes of it. */
export function TestTab({
  workflow,
  showLine,
}: {
  workflow: Workflow;
  showLine(line: number, column: number): void;
}) {
  const { slug, deployedVersion } = workflow;
  const [input, setInput] = useRemembered('sessionStorage', `fastn.input.${slug}`, '{}');
  const [headers, setHeaders] = useRemembered('sessionStorage', `fastn.headers.${slug}`, '{}');
  const [faults, setFaults] = useState<Faults>({ input: null, headers: null });
  const { run, start, stop } = useTestRun(slug);
  const busy = run?.state === 'busy';
  const closed =
    deployedVersion === null
      ? t('test.undeployed')
      : workflow.configuration.enabled
        ? null
        : t('test.disabled');

  const onRun = () => {
    if (busy || closed) return;
    const read = readInputs(input, headers);
    setFaults(read.faults);
    if (!read.faults.input && !read.faults.headers) start(read.input, read.headers);
  };
  const clear = (field: keyof Faults, set: (text: string) => void) => (text: string) => {
    setFaults((before) => ({ ...before, [field]: null }));
    set(text);
  };

  return (
    <div className={style.tab}>
      <p className={closed ? style.closed : style.banner}>
        {closed ?? t('test.banner', { version: `v${deployedVersion}` })}
      </p>
      <JsonField
        name={t('test.input')}
        text={input}
        lines={7}
        problem={faults.input}
        onChange={clear('input', setInput)}
        onRun={onRun}
      />
      <JsonField
        name={t('test.headers')}
        text={headers}
        lines={1}
        problem={faults.headers}
        onChange={clear('headers', setHeaders)}
        onRun={onRun}
      />
      <div className={style.actions}>
        <Button look="primary" icon="play" disabled={busy || closed !== null} onClick={onRun}>
          {busy ? t('test.running') : t('run')}
        </Button>
        {busy && <Button onClick={stop}>{t('test.stop')}</Button>}
        <span className={style.keys}>{t('test.keys')}</span>
        <Button
          look="quiet"
          onClick={() => {
            setInput(pretty(input));
            setHeaders(pretty(headers));
          }}
        >
          {t('test.format')}
        </Button>
      </div>
      <section className={style.outcome} aria-live="polite" aria-label={t('run.result')}>
        <Outcome run={run} showLine={showLine} />
      </section>
    </div>
  );
}

interface Faults {
  input: JsonFault | null;
  headers: JsonFault | string | null;
}

function readInputs(inputText: string, headersText: string) {
  const input = parseJson(inputText.trim() === '' ? 'null' : inputText);
  const headers = parseJson(headersText.trim() === '' ? '{}' : headersText);
  const faults: Faults = { input: null, headers: null };
  if ('fault' in input) faults.input = input.fault;
  if ('fault' in headers) faults.headers = headers.fault;
  else if (!isHeaders(headers.value)) faults.headers = t('test.headers.object');
  return {
    faults,
    input: 'value' in input ? input.value : null,
    headers: 'value' in headers ? headers.value : null,
  };
}

const isHeaders = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((header) => typeof header === 'string');

function pretty(text: string): string {
  const parsed = parseJson(text);
  return 'value' in parsed ? JSON.stringify(parsed.value, null, 2) : text;
}

function Outcome({
  run,
  showLine,
}: {
  run: TestRun | null;
  showLine(line: number, column: number): void;
}) {
  if (!run) return <Message title={t('test.idle.title')} text={t('test.idle.text')} />;
  if (run.state === 'ended') return <RunView run={run.execution} showLine={showLine} />;
  if (run.state === 'refused') {
    const { error } = run;
    const code = error instanceof ApiError ? error.code : null;
    const signedOut = error instanceof ApiError && error.kind === 'signedOut';
    return (
      <>
        <ErrorBox
          showLine={showLine}
          error={{
            code,
            name: null,
            message: errorText(error),
            step: null,
            line: null,
            column: null,
          }}
        />
        {signedOut && <Button onClick={signIn}>{t('error.signIn')}</Button>}
      </>
    );
  }
  return (
    <div className={style.busy}>
      <StatusBadge status="Running" />
      <span className={style.clock}>{duration(run.passedMs)}</span>
      {run.executionId && <span className={style.keys}>{t('test.started')}</span>}
    </div>
  );
}
