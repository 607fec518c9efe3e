import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../../test/accessible';
import { sent, serve } from '../../test/server';
import { App } from '../host/App';

function open(connector: string) {
  location.hash = `#/workflows/-/connectors/${connector}?tab=connections`;
  return render(<App />).container;
}

async function adding() {
  await userEvent.click(await screen.findByRole('button', { name: 'Add connection' }));
  const dialog = within(screen.getByRole('dialog'));
  return {
    labels: () => dialog.getAllByText((_, node) => node?.tagName === 'LABEL').map(textOf),
    fill: (label: string, text: string) => userEvent.type(dialog.getByLabelText(label), text),
    paste: async (label: string, text: string) => {
      await userEvent.click(dialog.getByLabelText(label));
      await userEvent.paste(text);
    },
    choose: (kind: string) =>
      userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Authentication' }), kind),
    go: () => userEvent.click(dialog.getByRole('button', { name: 'Add connection' })),
    dialog,
  };
}

const textOf = (node: Element) => node.textContent;
const closed = () => vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
const AROUND = { orgId: 'managed', environment: null, label: 'North' };

describe('a connection of mail', () => {
  it('needs a host; the user and all else are marked as optional and may stay empty', async () => {
    const fetch = serve();
    const container = open('email');
    const { labels, fill, go, dialog } = await adding();
    expect(labels().slice(0, 7)).toEqual([
      'Label',
      'Name of the mail server',
      'Sender when a call names none, such as Shop <shop@example.com> (optional)',
      'Port: 587 for starttls, 465 for ssl, 25 for none when absent (optional)',
      'Protection: starttls (when absent), ssl or none (optional)',
      'User name (optional)',
      'Password (optional)',
    ]);
    expect(dialog.queryByRole('combobox')).toBeNull();
    await expectAccessible(container);
    await fill('Label', 'North');
    await go();
    expect(sent(fetch, 'POST', '/connections')).toEqual([]);
    await fill('Name of the mail server', 'smtp.example.com');
    await go();
    await closed();
    expect(sent(fetch, 'POST', '/connections')).toEqual([
      {
        ...AROUND,
        connector: 'email',
        fields: {},
        settings: { host: 'smtp.example.com' },
        isDefault: true,
      },
    ]);
  });
});

describe('a connection of http', () => {
  const base = 'Address that relative URLs continue; only its host sees the credentials';

  it('asks for what belongs to the kind of authentication that is chosen', async () => {
    serve();
    const container = open('http');
    const { labels, choose } = await adding();
    const around = labels();
    expect(around).toHaveLength(5);
    expect(around.slice(0, 3)).toEqual(['Label', base, 'Authentication']);
    const asked = async (kind: string) => {
      await choose(kind);
      return labels().filter((label) => !around.includes(label));
    };
    expect(await asked('Token (Bearer)')).toEqual(['Token']);
    expect(await asked('User and password (Digest)')).toEqual(['User name', 'Password']);
    expect(await asked('API key')).toEqual([
      'Name of the header or query parameter',
      'Key',
      'Where it stands: header (when absent) or query (optional)',
      'What stands before the key (optional)',
    ]);
    await expectAccessible(container);
  });

  it('sends the kind and only what belongs to it', async () => {
    const fetch = serve();
    open('http');
    const { fill, choose, go } = await adding();
    await fill('Label', 'North');
    await fill(base, 'https://api.example.com');
    await choose('Token (Bearer)');
    await fill('Token', 'left-behind');
    await choose('API key');
    await fill('Name of the header or query parameter', 'X-Key');
    await fill('Key', 'the-secret');
    await go();
    await closed();
    expect(sent(fetch, 'POST', '/connections')).toEqual([
      {
        ...AROUND,
        connector: 'http',
        fields: { key: 'the-secret' },
        settings: {
          baseUrl: 'https://api.example.com',
          'auth.type': 'apiKey',
          'auth.name': 'X-Key',
        },
        isDefault: false,
      },
    ]);
  });

  it('of a client may ask for scopes; what is rarely said is folded away', async () => {
    const fetch = serve();
    const container = open('http');
    const { fill, paste, choose, go, dialog } = await adding();
    await fill('Label', 'North');
    await fill(base, 'https://api.example.com');
    await choose('OAuth 2.0 client credentials');
    await fill('Address that gives the token', 'https://login.example.com/token');
    await fill('Client ID', 'me');
    await fill('Client secret', 'the-secret');
    await fill('Scopes (optional)', 'read  write');
    await userEvent.click(dialog.getByText('More settings'));
    const params = 'More parameters of the request, such as audience: api.example.com (optional)';
    await paste(params, 'audience');
    await expectAccessible(container);
    await go();
    expect(dialog.getByRole('alert').textContent).toMatch(/^Line “audience” has no name and value/);
    await paste(params, ': https://api.example.com\n');
    await go();
    await closed();
    expect(sent(fetch, 'POST', '/connections')).toEqual([
      {
        ...AROUND,
        connector: 'http',
        fields: { clientId: 'me', clientSecret: 'the-secret' },
        settings: {
          baseUrl: 'https://api.example.com',
          'auth.type': 'oauth2ClientCredentials',
          'auth.tokenUrl': 'https://login.example.com/token',
          'auth.tokenParams.audience': 'https://api.example.com',
        },
        scopes: ['read', 'write'],
        isDefault: false,
      },
    ]);
  });

  it('of a login asks for the fields that its body mentions', async () => {
    const fetch = serve();
    const container = open('http');
    const { fill, paste, choose, go, dialog } = await adding();
    await fill('Label', 'North');
    await fill(base, 'https://api.example.com');
    await choose('Login that gives a token');
    await fill('Address of the login, which POST is sent to', 'https://api.example.com/login');
    await fill('Where the token is in the answer, such as data.token', 'token');
    expect(dialog.queryByLabelText('Password')).toBeNull();
    await paste(
      'Body as JSON, unless it is a form, such as user: {username} (optional)',
      'pass: {password}\nuser: {username}\nfrom: {baseUrl}',
    );
    await fill('User name', 'bob');
    await fill('Password', 'the-secret');
    await expectAccessible(container);
    await go();
    await closed();
    expect(sent(fetch, 'POST', '/connections')).toEqual([
      {
        ...AROUND,
        connector: 'http',
        fields: { username: 'bob', password: 'the-secret' },
        settings: {
          baseUrl: 'https://api.example.com',
          'auth.type': 'customLogin',
          'auth.url': 'https://api.example.com/login',
          'auth.tokenPath': 'token',
          'auth.json.pass': '{password}',
          'auth.json.user': '{username}',
          'auth.json.from': '{baseUrl}',
        },
        isDefault: false,
      },
    ]);
  });

  it('is rotated by the fields that it has itself, and not at all where it has none', async () => {
    const fetch = serve();
    open('http');
    await screen.findByText('Rates');
    const buttons = (label: string) =>
      within(screen.getByRole('group', { name: `More for “${label}”` }));
    expect(buttons('Public').queryByRole('button', { name: 'Rotate' })).toBeNull();
    await userEvent.click(buttons('Rates').getByRole('button', { name: 'Rotate' }));
    const dialog = within(screen.getByRole('dialog'));
    dialog.getByLabelText('User name');
    await userEvent.type(dialog.getByLabelText('Password'), 'new-secret');
    await userEvent.click(dialog.getByRole('button', { name: 'Rotate' }));
    await closed();
    expect(sent(fetch, 'PUT', '/connections/c5')).toEqual([{ fields: { password: 'new-secret' } }]);
  });
});
