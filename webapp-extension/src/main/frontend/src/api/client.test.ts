import { describe, expect, it, vi } from 'vitest';
import { problem, serve } from '../../test/server';
import { ApiError, apiBase, csrfToken, getJson, onSignedOut, postJson } from './client';

const { signal } = new AbortController();

describe('the REST client', () => {
  it('takes application path and engine from the address of Cockpit', () => {
    expect(apiBase('/camunda/app/cockpit/default/')).toBe('/camunda/api/fastn/default');
    expect(apiBase('/bpm/x/app/cockpit/second-engine/')).toBe('/bpm/x/api/fastn/second-engine');
    expect(apiBase('/elsewhere')).toBe('/camunda/api/fastn/default');
  });

  it('finds the token by the cookie name that Cockpit is configured with', () => {
    expect(csrfToken('a=1; XSRF-TOKEN=A%2FB')).toBe('A/B');
    vi.stubGlobal('camCockpitConf', { csrfCookieName: 'MY-TOKEN' });
    expect(csrfToken('XSRF-TOKEN=old; MY-TOKEN=new')).toBe('new');
    expect(csrfToken('XSRF-TOKEN=old')).toBeNull();
  });

  it('sends the token as it is at the call, because each login replaces it', async () => {
    const fetch = serve(() => [200, {}]);
    await postJson('/x', {}, signal);
    // biome-ignore lint/suspicious/noDocumentCookie: the token is a cookie
    document.cookie = 'XSRF-TOKEN=token-2;path=/camunda';
    await postJson('/x', {}, signal);
    const sent = fetch.mock.calls.map(([, init]) => init.headers['X-XSRF-TOKEN']);
    expect(sent).toEqual(['token-1', 'token-2']);
  });

  it('sends nothing that changes something without a token, because Cockpit would end the session', async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the token is a cookie
    document.cookie = 'XSRF-TOKEN=;path=/camunda;max-age=0';
    const fetch = serve(() => [200, {}]);
    await expect(postJson('/x', {}, signal)).rejects.toMatchObject({ kind: 'noToken' });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('turns a problem into an error with its words and its code', async () => {
    serve(() => problem(422, 'FASTN-10001', 'line 3: a bracket is missing'));
    await expect(getJson('/x', signal)).rejects.toMatchObject({
      kind: 'problem',
      status: 422,
      code: 'FASTN-10001',
      message: 'line 3: a bracket is missing',
    });
  });

  it('tells everyone that the session has ended', async () => {
    serve(() => [401, '']);
    const told = vi.fn();
    const stop = onSignedOut(told);
    await expect(getJson('/x', signal)).rejects.toMatchObject({ kind: 'signedOut' });
    stop();
    expect(told).toHaveBeenCalledOnce();
  });

  it('says that the server did not answer, or answered something else', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(getJson('/x', signal)).rejects.toMatchObject({ kind: 'network' });
    serve(() => [502, '<html>']);
    await expect(getJson('/x', signal)).rejects.toMatchObject({ kind: 'unreadable', status: 502 });
    serve(() => [200, '<html>']);
    await expect(getJson('/x', signal)).rejects.toBeInstanceOf(ApiError);
  });
});
