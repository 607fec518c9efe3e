import { useState } from 'react';

/** State that survives a reload of this browser tab's session or of the browser, as `store` says. */
export function useRemembered(
  store: 'localStorage' | 'sessionStorage',
  key: string,
  initial: string,
): [string, (value: string) => void] {
  const [value, setValue] = useState(() => read(store, key) ?? initial);
  const set = (next: string) => {
    setValue(next);
    try {
      window[store].setItem(key, next);
    } catch {
      // Full or forbidden storage: the value lasts as long as the page.
    }
  };
  return [value, set];
}

function read(store: 'localStorage' | 'sessionStorage', key: string): string | null {
  try {
    return window[store].getItem(key);
  } catch {
    return null;
  }
}
