import { type Mock, vi } from 'vitest';
import { answer } from './harness/api.mjs';

type Answer = [status: number, body: unknown, headers?: Record<string, string>];

/** Stands in for the plugin's REST resources: example data, except where `special` answers first. */
export function serve(
  special: (method: string, path: string, body: unknown) => Answer | undefined = () => undefined,
): Mock {
  const fetch = vi.fn(async (url: string, init: RequestInit = {}) => {
    const path = url.replace('/camunda/api/fastn/default', '');
    const method = init.method ?? 'GET';
    const body: unknown = init.body ? JSON.parse(String(init.body)) : null;
    const [status, content, headers = {}] =
      special(method, path, body) ?? answer(method, path, body);
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    return new Response(status === 204 ? null : text, { status, headers });
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

/** What was sent with a method to a path's end. */
export function sent(fetch: Mock, method: string, end: string): unknown[] {
  return fetch.mock.calls
    .filter(([url, init]) => init?.method === method && String(url).endsWith(end))
    .map(([, init]) => (init.body ? JSON.parse(init.body) : null));
}

export const problem = (status: number, code: string, detail: string): Answer => [
  status,
  { status, code, detail, title: 'Problem' },
  { 'content-type': 'application/problem+json' },
];
