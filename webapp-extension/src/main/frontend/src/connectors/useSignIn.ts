import { useCallback, useEffect, useRef, useState } from 'react';
import { type NewConnection, startSignIn } from '../api/connectors';
import { errorText } from '../ui/Message';
import { t } from '../words';

/** How a sign-in stands, and how one begins. */
export interface SignIn {
  waiting: boolean;
  /** Why the last one gave no connection. */
  refused: string | null;
  start(begin: NewConnection | { connectionId: string }): void;
  clear(): void;
}

/**
 * A sign-in at the service, in a window of its own. The server's page at its end tells this page by a message and
 * closes; where it can not (another address of the server), the window's end is seen and the list is asked.
 */
export function useSignIn(onDone: () => void): SignIn {
  const [waiting, setWaiting] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const latest = useRef(onDone);
  latest.current = onDone;
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const start = (begin: NewConnection | { connectionId: string }) => {
    // Opened before the answer: a browser only opens windows for a click.
    const opened = window.open('about:blank', 'fastn-sign-in', 'popup,width=560,height=720');
    setRefused(opened ? null : t('connection.blocked'));
    if (!opened) return;
    stop.current?.();
    setWaiting(true);
    const end = (refused: string | null) => {
      stop.current?.();
      setWaiting(false);
      setRefused(refused);
      if (refused === null) latest.current();
    };
    const onMessage = ({ source, origin, data }: MessageEvent) => {
      if (source !== opened || origin !== location.origin || data?.type !== 'fastn-oauth') return;
      end(typeof data.error === 'string' ? data.error : null);
    };
    const closed = setInterval(() => opened.closed && end(null), 500);
    window.addEventListener('message', onMessage);
    stop.current = () => {
      window.removeEventListener('message', onMessage);
      clearInterval(closed);
      stop.current = null;
    };
    startSignIn(begin)
      .then((address) => {
        opened.location.href = address;
      })
      .catch((error: unknown) => {
        opened.close();
        end(errorText(error));
      });
  };
  const clear = useCallback(() => setRefused(null), []);
  return { waiting, refused, start, clear };
}
