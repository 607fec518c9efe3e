/** An answer that is not the one asked for. `kind` says which words fit; the server's own words are in `message`. */
export class ApiError extends Error {
  constructor(
    readonly kind: 'network' | 'signedOut' | 'noToken' | 'problem' | 'unreadable',
    readonly status: number,
    message: string,
    readonly code: string | null = null,
    readonly executionId: string | null = null,
  ) {
    super(message);
  }
}

export interface Answer<T> {
  status: number;
  body: T;
  executionId: string | null;
}

const signedOutListeners = new Set<() => void>();

/** Calls `listener` whenever the server says that the session has ended. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** Cockpit's own `api` property is wrong for diagram plugins in 7.24, so the engine comes from the address. */
export function apiBase(pathname = location.pathname): string {
  const found = /^(.*)\/app\/cockpit\/([^/]+)/.exec(pathname);
  return `${found?.[1] ?? '/camunda'}/api/fastn/${found?.[2] ?? 'default'}`;
}

/** Read at every call: each login replaces the token, and a request with an old one ends the session. */
export function csrfToken(cookies = document.cookie): string | null {
  const config = (window as { camCockpitConf?: { csrfCookieName?: string } }).camCockpitConf;
  const name = config?.csrfCookieName ?? 'XSRF-TOKEN';
  for (const pair of cookies.split('; ')) {
    if (pair.startsWith(`${name}=`)) return decodeURIComponent(pair.slice(name.length + 1));
  }
  return null;
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(apiBase() + path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError('network', 0, String(error));
  }
  if (response.ok) return response;
  if (response.status === 401) {
    for (const listener of signedOutListeners) listener();
    throw new ApiError('signedOut', 401, 'signed out');
  }
  throw await problem(response);
}

async function problem(response: Response): Promise<ApiError> {
  const executionId = response.headers.get('x-fastn-execution-id');
  try {
    const body = (await response.json()) as Record<string, unknown>;
    const words = body.detail ?? body.title ?? body.message;
    const code = typeof body.code === 'string' ? body.code : null;
    const text = typeof words === 'string' ? words : '';
    return new ApiError('problem', response.status, text, code, executionId);
  } catch {
    return new ApiError('unreadable', response.status, '', null, executionId);
  }
}

async function json<T>(response: Response): Promise<Answer<T>> {
  const executionId = response.headers.get('x-fastn-execution-id');
  try {
    return { status: response.status, body: (await response.json()) as T, executionId };
  } catch {
    throw new ApiError('unreadable', response.status, '', null, executionId);
  }
}

export async function getJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await request(path, { signal, headers: { accept: 'application/json' } });
  return (await json<T>(response)).body;
}

export async function getText(path: string, signal: AbortSignal): Promise<string> {
  return (await request(path, { signal })).text();
}

/** Sends a change; `signal` ends the waiting, not the change. */
async function send(method: string, path: string, body: unknown, signal?: AbortSignal) {
  const token = csrfToken();
  // Cockpit would answer a request without it by ending the session.
  if (!token) throw new ApiError('noToken', 0, 'no CSRF token');
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'X-XSRF-TOKEN': token,
  };
  const init: RequestInit = { method, headers };
  if (signal) init.signal = signal;
  if (body !== undefined) init.body = JSON.stringify(body);
  return request(path, init);
}

export async function postJson<T>(
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  return json<T>(await send('POST', path, body, signal));
}

export async function putJson<T>(path: string, body: unknown): Promise<Answer<T>> {
  return json<T>(await send('PUT', path, body));
}

export async function deletePath(path: string): Promise<void> {
  await send('DELETE', path, undefined);
}
