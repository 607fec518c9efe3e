import { useSyncExternalStore } from 'react';

/** Where we are: `#/workflows`, or `#/workflows/<slug>`, with parameters behind `?`. */
export interface Route {
  slug: string | null;
  params: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const slug = /^\/workflows\/([^/]+)/.exec(path)?.[1];
  return { slug: slug ? decoded(slug) : null, params: new URLSearchParams(query) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function href(slug: string | null, params: Record<string, string | null> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value) query.set(name, value);
  const path = slug ? `#/workflows/${encodeURIComponent(slug)}` : '#/workflows';
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Cockpit's AngularJS owns the history: we only ever change the hash. */
export function go(target: string, options: { replace?: boolean } = {}): void {
  if (target === location.hash) return;
  const address = location.pathname + location.search + target;
  if (options.replace) location.replace(address);
  else location.assign(address);
}

const isOurs = (hash: string) => /^#\/workflows(\/|\?|$)/.test(hash);
let lastOurs = '#/workflows';

/** The last address of ours: on Cockpit's other pages our page is detached and must not change. */
export function currentHash(): string {
  if (isOurs(location.hash)) lastOurs = location.hash;
  return lastOurs;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, currentHash));
}
