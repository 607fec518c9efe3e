import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../../test/accessible';
import { editor } from '../../test/editor';
import { problem, sent, serve } from '../../test/server';
import { App } from '../host/App';

function open(path: string) {
  location.hash = `#/workflows/-/connectors${path}`;
  return render(<App />).container;
}

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const click = async (name: string | RegExp) => userEvent.click(await button(name));

describe('the registry of connectors', () => {
  it('lists origin, version, verification, sign-in and number of actions', async () => {
    serve();
    const container = open('');
    const row = await screen.findByRole('row', { name: /My Shop/ });
    for (const fact of ['my-shop', 'not verified', 'custom', 'v2', 'API key', '3'])
      expect(row.textContent).toContain(fact);
    expect(screen.getByRole('row', { name: /Files/ }).textContent).toContain('verified');
    const kinds = screen.getAllByRole('row').map((each) => each.children[3]?.textContent);
    expect(kinds).toContain('Fields of its own');
    expect(kinds).toContain('Each connection chooses');
    await expectAccessible(container);
  });

  it('is searched by title, slug and origin', async () => {
    serve();
    open('');
    await screen.findByRole('row', { name: /My Shop/ });
    const box = screen.getByRole('searchbox');
    await userEvent.type(box, 'custom shop');
    screen.getByText('1 connector');
    await userEvent.clear(box);
    await userEvent.type(box, 'zzz');
    await userEvent.click(screen.getByRole('button', { name: 'Show all connectors' }));
    screen.getByText('15 connectors');
  });

  it('is reached from the workflows', async () => {
    serve();
    location.hash = '#/workflows';
    render(<App />);
    const link = await screen.findByRole('link', { name: 'Connectors' });
    expect(link.getAttribute('href')).toBe('#/workflows/-/connectors');
  });
});

describe('the actions of a connector', () => {
  it('show parameters, kind, output and an example to copy', async () => {
    serve();
    const container = open('/my-shop');
    await click(/getOrder/);
    const row = screen.getByRole('row', { name: /orderId/ });
    expect(row.textContent).toBe('orderIdstring requiredNumber of the order.');
    expect(screen.getByRole('button', { name: /^READ ?getOrder/ })).toBeTruthy();
    expect(screen.getByRole('group', { name: 'Output: getOrder' }).textContent).toContain(
      'total?: number;',
    );
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Copy the example' }));
    expect(await navigator.clipboard.readText()).toBe(
      'await fastn.connector.myShop.getOrder({ orderId: "4711" })',
    );
    await expectAccessible(container);
  });

  it('are tried with a made-up result at once', async () => {
    const fetch = serve();
    open('/my-shop');
    await click(/cancelOrder/);
    await click('Run MOCK');
    await screen.findByText('Result (MOCK)');
    expect(sent(fetch, 'POST', '/actions/cancelOrder/test')).toEqual([{ mode: 'MOCK' }]);
  });

  it('are really performed only after a question', async () => {
    const fetch = serve();
    const container = open('/my-shop');
    await click(/cancelOrder/);
    await screen.findByRole('textbox', { name: 'INPUT' });
    await click('Run LIVE…');
    const dialog = screen.getByRole('dialog', { name: 'Really perform myShop.cancelOrder?' });
    expect(dialog.textContent).toContain('it changes data in the system outside');
    await expectAccessible(container);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(sent(fetch, 'POST', '/test')).toEqual([]);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Connection' }), 'Outlet');
    await click('Run LIVE…');
    await click('Perform it');
    await screen.findByText('Result (LIVE)');
    expect(sent(fetch, 'POST', '/test')).toEqual([
      { mode: 'LIVE', confirm: true, input: { orderId: '…' }, connection: 'c2' },
    ]);
  });

  it('show the error as code would see it', async () => {
    serve();
    open('/my-shop');
    await click(/getShop/);
    if (!screen.queryByRole('button', { name: 'Run LIVE…' })) await click(/getShop/);
    await click('Run LIVE…');
    await click('Perform it');
    await screen.findByText(/orderId is missing/);
  });
});

describe('the connections of a connector', () => {
  it('say label, environment, status and which is the default', async () => {
    serve();
    const container = open('/my-shop?tab=connections');
    const rows = await screen.findAllByRole('listitem');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^Main shopActivedefaultall environments · shop: north/),
      expect.stringMatching(/^OutletFailedstaging/),
      expect.stringMatching(/^Old shopInactive/),
    ]);
    await expectAccessible(container);
  });

  it('are added with secrets that are typed unseen', async () => {
    const fetch = serve();
    const container = open('/my-shop?tab=connections');
    await click('Add connection');
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Label'), 'North');
    const key = within(dialog).getByLabelText('Key');
    expect(key.getAttribute('type')).toBe('password');
    await userEvent.type(key, 'the-secret');
    await userEvent.type(within(dialog).getByLabelText('Name of the shop'), 'north');
    await expectAccessible(container);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add connection' }));
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent(fetch, 'POST', '/connections')).toEqual([
      {
        connector: 'my-shop',
        orgId: 'custom',
        environment: null,
        label: 'North',
        fields: { key: 'the-secret' },
        settings: { shop: 'north' },
        isDefault: false,
      },
    ]);
    expect(container.textContent).not.toContain('the-secret');
  });

  it('that the server refuses keep what was typed, with its words', async () => {
    serve((method) =>
      method === 'POST' ? problem(400, 'FASTN-06003', 'label "North" is taken') : undefined,
    );
    open('/my-shop?tab=connections');
    await click('Add connection');
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Label'), 'North');
    await userEvent.type(within(dialog).getByLabelText('Key'), 'the-secret');
    await userEvent.type(within(dialog).getByLabelText('Name of the shop'), 'north');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add connection' }));
    expect((await screen.findByRole('alert')).textContent).toBe('label "North" is taken');
    expect(within(dialog).getByLabelText('Label')).toHaveProperty('value', 'North');
  });

  it('are rotated, verified, made the default, switched off and deleted', async () => {
    const fetch = serve();
    open('/my-shop?tab=connections');
    const outlet = () => within(screen.getByRole('group', { name: 'More for “Outlet”' }));
    await screen.findByText('Outlet');
    await userEvent.click(outlet().getByRole('button', { name: 'Rotate' }));
    await userEvent.type(within(screen.getByRole('dialog')).getByLabelText('Key'), 'new-key');
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Rotate' }),
    );
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent(fetch, 'PUT', '/connections/c2')).toEqual([{ fields: { key: 'new-key' } }]);
    await userEvent.click(outlet().getByRole('button', { name: 'Verify' }));
    await screen.findByText('Outlet: It does not work: answered 401');
    await userEvent.click(outlet().getByRole('button', { name: 'Make default' }));
    await vi.waitFor(() => expect(sent(fetch, 'POST', '/c2/default')).toHaveLength(1));
    await userEvent.click(outlet().getByRole('button', { name: 'Deactivate' }));
    await vi.waitFor(() =>
      expect(sent(fetch, 'PUT', '/connections/c2')[1]).toEqual({ status: 'INACTIVE' }),
    );
    await userEvent.click(outlet().getByRole('button', { name: 'Delete' }));
    expect(sent(fetch, 'DELETE', '/connections/c2')).toEqual([]);
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }),
    );
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent(fetch, 'DELETE', '/connections/c2')).toHaveLength(1);
  });

  it('of services where people sign in open a window, and are there when it says so', async () => {
    const fetch = serve();
    const opened = { location: { href: '' }, closed: false, close: vi.fn() };
    vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window);
    open('/accounts?tab=connections');
    await screen.findByText('Expired');
    await click('Sign in again');
    await vi.waitFor(() => expect(opened.location.href).toBe('about:blank#authorize'));
    expect(sent(fetch, 'POST', '/oauth/start')).toEqual([{ connectionId: 'c4' }]);
    screen.getByText('Go on in the window that has opened.');
    const tell = (source: unknown, data: object) => {
      const event = new MessageEvent('message', { data, origin: location.origin });
      Object.defineProperty(event, 'source', { value: source });
      act(() => void window.dispatchEvent(event));
    };
    tell({}, { type: 'fastn-oauth', error: 'from a stranger' });
    expect(screen.queryByText('from a stranger')).toBeNull();
    tell(opened, { type: 'fastn-oauth', error: 'access was denied' });
    await screen.findByText('access was denied');
  });

  it('of such services need an OAuth app, whose secret is only written', async () => {
    let known = false;
    const fetch = serve((method, path) => {
      if (!path.startsWith('/oauth-apps/')) return undefined;
      if (method === 'PUT') known = true;
      return known ? undefined : problem(404, 'FASTN-03063', 'connector has no OAuth app');
    });
    const container = open('/accounts?tab=connections');
    await screen.findByText(/There is none yet/);
    await click('Enter client');
    const dialog = within(screen.getByRole('dialog', { name: 'OAuth app' }));
    await userEvent.type(dialog.getByLabelText('Client ID'), 'fastn-client');
    await userEvent.type(dialog.getByLabelText('Client secret'), 'the-secret');
    await expectAccessible(container);
    await userEvent.click(dialog.getByRole('button', { name: 'Save client' }));
    await screen.findByText('Client fastn-client, with a secret');
    expect(sent(fetch, 'PUT', '/oauth-apps/accounts')).toEqual([
      { clientId: 'fastn-client', clientSecret: 'the-secret' },
    ]);
    await click('Remove');
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }),
    );
    await vi.waitFor(() => expect(sent(fetch, 'DELETE', '/oauth-apps/accounts')).toHaveLength(1));
  });

  it('say so when the browser opens no window', async () => {
    serve();
    vi.spyOn(window, 'open').mockReturnValue(null);
    open('/accounts?tab=connections');
    await click('Sign in again');
    await screen.findByText(/Allow pop-ups/);
  });

  it('say in the form why nobody could sign in', async () => {
    serve((method, path) =>
      method === 'POST' && path === '/oauth/start'
        ? problem(500, 'FASTN-03061', 'fastn.public-url is not set')
        : undefined,
    );
    const opened = { location: { href: '' }, closed: false, close: vi.fn() };
    vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window);
    open('/accounts?tab=connections');
    await screen.findByText('Expired');
    await click('Add connection');
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Label'), 'Ada');
    await userEvent.click(dialog.getByRole('button', { name: 'Sign in' }));
    await dialog.findByText('fastn.public-url is not set');
    expect(opened.close).toHaveBeenCalled();
  });

  it('with a client of their own need no OAuth app', async () => {
    serve((_method, path) =>
      path.startsWith('/oauth-apps/')
        ? problem(404, 'FASTN-03063', 'connector has no OAuth app')
        : undefined,
    );
    open('/demo-carrier?tab=connections');
    await screen.findByText(/none is needed/);
  });
});

describe('the definition of a connector', () => {
  const name = 'Definition as YAML or JSON';
  async function write(text: string) {
    await screen.findByRole('textbox', { name });
    const view = editor(name);
    act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }));
  }

  it('says before it is saved that comments are not kept', async () => {
    serve();
    open('/my-shop?tab=definition');
    await write('slug: my-shop\n');
    expect(screen.queryByText(/are not kept/)).toBeNull();
    await write('slug: my-shop # the good one\n');
    screen.getByText(/Comments \(#\) are not kept/);
  });

  it('is changed as text; the server’s errors stand at their line', async () => {
    const fetch = serve();
    const container = open('/my-shop?tab=definition');
    await screen.findByRole('textbox', { name });
    expect(editor(name).state.doc.toString()).toContain('verify: getShop');
    await expectAccessible(container);
    await write('slug: my-shop\nactions:\n  getOrder:\n    method: GIT\n');
    await click('Save as new version');
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /^Line 4: actions.getOrder.method is "GIT"/,
    );
    await vi.waitFor(() => expect(container.querySelector('.cm-lint-marker-error')).toBeTruthy());
    await write('slug: my-shop\nactions: {getOrder: {method: GET, path: /a}}\n');
    await click('Save as new version');
    await screen.findByText('Saved as version 3.');
    expect(sent(fetch, 'PUT', '/connectors/my-shop').at(-1)).toEqual({
      slug: 'my-shop',
      actions: { getOrder: { method: 'GET', path: '/a' } },
    });
  });

  it('that is no YAML is not sent', async () => {
    const fetch = serve();
    open('?create=definition');
    await write('slug: a\nactions: {a: 1\nb: }');
    await click('Save as new version');
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Line 3: /);
    expect(sent(fetch, 'PUT', '/connectors/a')).toEqual([]);
  });

  it('of a new one takes its slug from the text', async () => {
    const fetch = serve();
    open('?create=definition');
    await write('{"slug": "other", "actions": {}}');
    await click('Save as new version');
    await vi.waitFor(() => expect(location.hash).toBe('#/workflows/-/connectors/other'));
    expect(sent(fetch, 'PUT', '/connectors/other')).toHaveLength(1);
  });

  it('of a managed one is not offered', async () => {
    serve();
    open('/accounts?tab=definition');
    await screen.findByText(/installed by the operator/);
  });
});

describe('an OpenAPI document', () => {
  it('is read, chosen from and imported', async () => {
    const fetch = serve();
    const container = open('?create=openapi');
    const box = await screen.findByRole('textbox', { name: 'OpenAPI document' });
    await userEvent.type(box, 'openapi: 3.1.0');
    await click('Read document');
    await screen.findByText('Operations (2 of 3 chosen)');
    await userEvent.click(screen.getByRole('checkbox', { name: /addPet/ }));
    await expectAccessible(container);
    await click('Import (1)');
    await vi.waitFor(() => expect(location.hash).toBe('#/workflows/-/connectors/my-shop'));
    expect(sent(fetch, 'POST', '/import/openapi')).toEqual([
      {
        document: 'openapi: 3.1.0',
        slug: 'pet-store',
        title: 'Pet store',
        baseUrl: 'https://pets.example/v1',
        operations: ['listPets'],
      },
    ]);
  });
});

describe('a connector', () => {
  it('lists its versions', async () => {
    serve();
    open('/my-shop?tab=versions');
    const rows = await screen.findAllByRole('listitem');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^v2.*demo$/),
      expect.stringMatching(/^v1.*demo$/),
    ]);
  });

  it('that does not exist is said to', async () => {
    serve();
    open('/nobody');
    await screen.findByRole('heading', { name: 'There is no connector “nobody”' });
  });
});
