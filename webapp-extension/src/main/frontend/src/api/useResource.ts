import { useCallback, useEffect, useRef, useState } from 'react';

export interface Resource<T> {
  /** The last answer; stays while a newer one is on its way or failed. */
  value: T | undefined;
  error: unknown;
  loading: boolean;
  reload(): void;
}

// The last answers, so that Back shows its page at once and refreshes behind it.
const answers = new Map<string, unknown>();

let isShown = () => true;

/** Polling rests while `shown` says no: our page lives on, detached, behind Cockpit's other pages. */
export function pollWhile(shown: () => boolean): void {
  isShown = shown;
}

/** For tests: forgets all answers. */
export function forgetAnswers(): void {
  answers.clear();
}

/**
 * Loads what `key` names, again when the key changes, and every `poll(value)` milliseconds while the page is
 * seen; null stops the polling.
 */
export function useResource<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  poll?: (value: T) => number | null,
): Resource<T> {
  const [, redraw] = useState(0);
  const [round, setRound] = useState(0);
  const state = useRef<{ key: string; error: unknown; loading: boolean }>({
    key: '',
    error: undefined,
    loading: true,
  });
  const latest = useRef({ load, poll });
  latest.current = { load, poll };
  if (state.current.key !== key) state.current = { key, error: undefined, loading: true };

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is what reload() counts up
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (error: unknown) => {
      if (abort.signal.aborted) return;
      state.current = { key, error, loading: false };
      redraw((n) => n + 1);
    };
    const turn = async () => {
      try {
        const value = await latest.current.load(abort.signal);
        if (abort.signal.aborted) return;
        answers.set(key, value);
        settle(undefined);
        const pause = latest.current.poll?.(value) ?? null;
        if (pause !== null) timer = setTimeout(visible, pause);
      } catch (error) {
        settle(error);
      }
    };
    const visible = () => {
      if (document.visibilityState === 'visible' && isShown()) void turn();
      else timer = setTimeout(visible, 1000);
    };
    state.current.loading = true;
    redraw((n) => n + 1);
    void turn();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, round]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  const { error, loading } = state.current;
  return { value: answers.get(key) as T | undefined, error, loading, reload };
}
