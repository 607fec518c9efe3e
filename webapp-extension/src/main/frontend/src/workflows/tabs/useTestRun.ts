import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/client';
import type { Execution } from '../../api/types';
import { execute, getExecution } from '../../api/workflows';

export type TestRun =
  | { state: 'busy'; executionId: string | null; passedMs: number }
  | { state: 'ended'; execution: Execution }
  | { state: 'refused'; error: unknown };

const POLLS = [150, 300, 500, 800, 1200, 2000];

// What the last run of each workflow came to, so that another tab of the page and Back still show it.
const runs = new Map<string, TestRun>();

/** One run at a time: starts it, follows it to its end, or stops following. */
export function useTestRun(slug: string) {
  const [run, setRun] = useState<TestRun | null>(runs.get(slug) ?? null);
  const abort = useRef<AbortController | null>(null);
  const show = (next: TestRun | null) => {
    if (next && next.state !== 'busy') runs.set(slug, next);
    setRun(next);
  };

  const start = (input: unknown, headers: unknown) => {
    abort.current?.abort();
    const current = new AbortController();
    abort.current = current;
    const { signal } = current;
    const began = performance.now();
    let executionId: string | null = null;
    const tick = () => {
      if (signal.aborted) return;
      setRun({ state: 'busy', executionId, passedMs: performance.now() - began });
    };
    const clock = setInterval(tick, 100);
    tick();
    follow(slug, input, headers, signal, (id) => {
      executionId = id;
    })
      .then((execution) => signal.aborted || show({ state: 'ended', execution }))
      .catch((error: unknown) => signal.aborted || show({ state: 'refused', error }))
      .finally(() => clearInterval(clock));
    signal.addEventListener('abort', () => clearInterval(clock));
  };
  const stop = () => {
    abort.current?.abort();
    show(runs.get(slug) ?? null);
  };
  useEffect(() => () => abort.current?.abort(), []);
  return { run, start, stop };
}

async function follow(
  slug: string,
  input: unknown,
  headers: unknown,
  signal: AbortSignal,
  started: (executionId: string) => void,
): Promise<Execution> {
  const id = await startOf(slug, input, headers, signal);
  started(id);
  for (let turn = 0; ; turn++) {
    const execution = await getExecution(id, signal);
    if (execution.status !== 'Running') return execution;
    await pause(POLLS[Math.min(turn, POLLS.length - 1)] ?? 2000, signal);
  }
}

/** A run that failed at once is answered with a problem, but it is a run all the same and has an id. */
async function startOf(
  slug: string,
  input: unknown,
  headers: unknown,
  signal: AbortSignal,
): Promise<string> {
  try {
    const answer = await execute(slug, input, headers, signal);
    const data = answer.body.data as { executionId?: unknown } | null;
    const id = answer.executionId ?? data?.executionId;
    if (typeof id === 'string') return id;
    throw new ApiError('unreadable', answer.status, '');
  } catch (error) {
    if (error instanceof ApiError && error.executionId) return error.executionId;
    throw error;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
