import { useEffect, useSyncExternalStore } from 'react';

/**
 * Where we are: `#/workflows`, `#/workflows/<slug>`, `#/workflows/<slug>/diff`, or a page beside the workflows, whose
 * address goes on with `/-/`, which no slug is; with parameters behind `?`.
 */
export interface Route {
  page: 'workflows' | 'workflow' | 'diff' | 'connectors' | 'connector';
  slug: string | null;
  params: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const params = new URLSearchParams(query);
  const [, , first, second, third] = path.split('/');
  if (first === '-') {
    if (second === 'connectors' && third)
      return { page: 'connector', slug: decoded(third), params };
    return { page: 'connectors', slug: null, params };
  }
  if (!first) return { page: 'workflows', slug: null, params };
  return { page: second === 'diff' ? 'diff' : 'workflow', slug: decoded(first), params };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Parameters = Record<string, string | null>;

function address(path: string, params: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

export function href(slug: string | null, params: Parameters = {}): string {
  return address(slug ? `#/workflows/${encodeURIComponent(slug)}` : '#/workflows', params);
}

/** Two versions of a workflow compared; each is a number or `draft`. */
export function diffHref(slug: string, from: string, to: string, params: Parameters = {}): string {
  return address(`#/workflows/${encodeURIComponent(slug)}/diff`, { from, to, ...params });
}

/** The registry of connectors, or one of them. */
export function connectorHref(slug: string | null, params: Parameters = {}): string {
  const path = '#/workflows/-/connectors';
  return address(slug ? `${path}/${encodeURIComponent(slug)}` : path, params);
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

/** Makes the address say what is shown where it named something that there is not; null takes a parameter away. */
export function useShown(params: URLSearchParams, shown: Parameters): void {
  const wrong = Object.entries(shown).filter(
    ([name, value]) => params.has(name) && params.get(name) !== value,
  );
  const right = { ...Object.fromEntries(params), ...Object.fromEntries(wrong) };
  const corrected = wrong.length > 0 ? address(currentHash().split('?')[0] ?? '', right) : null;
  useEffect(() => {
    if (corrected !== null) go(corrected, { replace: true });
  }, [corrected]);
}
