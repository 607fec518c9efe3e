import { json, problem } from './recorded.mjs';

const past = (ms) => new Date(Date.now() - ms).toISOString();

const definition = {
  slug: 'my-shop',
  title: 'My Shop',
  description: 'Orders of the shop.',
  baseUrl: 'https://{shop}.shop.example/v2',
  docs: 'https://shop.example/developers',
  auth: { type: 'apiKey', in: 'header', name: 'X-API-KEY' },
  connection: { settings: { shop: 'Name of the shop' }, verify: 'getShop' },
  actions: {
    getShop: { method: 'GET', path: '/shop' },
    getOrder: {
      title: 'Get order',
      description: 'One order by its id.',
      method: 'GET',
      path: '/orders/{orderId}',
      query: ['expand'],
      schema: {
        input: {
          type: 'object',
          required: ['orderId'],
          properties: {
            orderId: { type: 'string', description: 'Number of the order.' },
            expand: { type: 'string' },
          },
        },
        output: {
          type: 'object',
          properties: { id: { type: 'string' }, total: { type: 'number' } },
        },
      },
      examples: [{ orderId: '4711' }],
    },
    cancelOrder: {
      method: 'POST',
      path: '/orders/{orderId}/cancel',
      body: ['reason'],
      idempotent: true,
    },
  },
};

const action = (name, title, kind, parameters, more = {}) => ({
  name,
  title,
  description: '',
  kind,
  parameters: parameters.map(([parameter, type, required, description = '']) => ({
    name: parameter,
    type,
    required,
    description,
  })),
  othersAllowed: false,
  examples: [],
  input: null,
  output: null,
  idempotent: kind === 'READ',
  timeoutMs: 30_000,
  ...more,
});

const { getOrder } = definition.actions;
const shop = {
  slug: 'my-shop',
  accessor: 'myShop',
  title: definition.title,
  description: definition.description,
  origin: 'custom',
  version: 2,
  docs: definition.docs,
  verified: false,
  notice: 'not verified against the live API',
  auth: 'apiKey',
  baseUrl: definition.baseUrl,
  schemas: {},
  connection: {
    fields: ['key'],
    settings: { shop: 'Name of the shop' },
    needs: ['key', 'shop'],
    auths: [],
    scopes: [],
    verify: 'getShop',
    secretsNamed: false,
  },
  actions: [
    action('getShop', 'Get shop', 'READ', []),
    action(
      'getOrder',
      getOrder.title,
      'READ',
      [
        ['orderId', 'string', true, 'Number of the order.'],
        ['expand', 'string', false],
      ],
      {
        description: getOrder.description,
        examples: getOrder.examples,
        ...getOrder.schema,
      },
    ),
    action(
      'cancelOrder',
      'Cancel order',
      'WRITE',
      [
        ['orderId', 'any', true],
        ['reason', 'any', false],
      ],
      { idempotent: true },
    ),
  ],
  definition,
};
const account = {
  ...shop,
  slug: 'accounts',
  accessor: 'accounts',
  title: 'Accounts',
  description: 'People sign in with their own account.',
  origin: 'managed',
  version: null,
  auth: 'oauth2Code',
  connection: {
    fields: [],
    settings: {},
    needs: [],
    auths: [],
    scopes: ['read', 'write'],
    verify: null,
    secretsNamed: false,
  },
  actions: [action('me', 'Me', 'READ', [])],
};
delete account.definition;

const connection = (id, connector, label, status, more = {}) => ({
  id,
  connector,
  orgId: 'custom',
  environment: null,
  label,
  method: 'apiKey',
  account: null,
  settings: { shop: 'north' },
  scopes: [],
  expiresAt: null,
  status,
  isDefault: false,
  lastVerified: past(3_600_000),
  version: 1,
  updatedAt: past(86_400_000),
  updatedBy: 'demo',
  ...more,
});

export const connections = [
  connection('c1', 'my-shop', 'Main shop', 'ACTIVE', { isDefault: true }),
  connection('c2', 'my-shop', 'Outlet', 'FAILED', { environment: 'staging', lastVerified: null }),
  connection('c3', 'my-shop', 'Old shop', 'INACTIVE'),
  connection('c4', 'accounts', 'Sales', 'EXPIRED', {
    orgId: 'managed',
    method: 'oauth2Code',
    account: 'sales@example.com',
    settings: {},
    isDefault: true,
  }),
  connection('c5', 'http', 'Rates', 'ACTIVE', {
    orgId: 'managed',
    method: 'customLogin',
    settings: {
      baseUrl: 'https://rates.example/v1',
      'auth.type': 'customLogin',
      'auth.url': 'https://rates.example/login',
      'auth.json.user': '{username}',
      'auth.json.password': '{password}',
      'auth.tokenPath': 'token',
    },
  }),
  connection('c6', 'http', 'Public', 'ACTIVE', {
    orgId: 'managed',
    method: 'none',
    settings: { baseUrl: 'https://public.example', 'auth.type': 'none' },
  }),
];

function connector(slug) {
  if (slug === 'my-shop') return shop;
  if (slug === 'accounts') return account;
  if (['demo-shop', 'demo-carrier', 'gamma', 'http', 'email'].includes(slug))
    return json(`connector-${slug}`);
  return null;
}

const row = (whole) => ({ ...whole, actions: whole.actions.length });

const preview = {
  title: 'Pet store',
  slug: 'pet-store',
  operations: [
    ['listPets', 'GET', '/pets', 'READ', true],
    ['addPet', 'POST', '/pets', 'WRITE', true],
    ['deletePet', 'DELETE', '/pets/{petId}', 'WRITE', false, true],
  ].map(([name, method, path, kind, chosen, deprecated = false]) => ({
    action: name,
    method,
    path,
    title: '',
    kind,
    deprecated,
    chosen,
    problem: null,
  })),
  hosts: ['https://pets.example/v1'],
  warnings: [{ place: '/paths/~1pets/get', message: 'cookie parameter "session" is left out' }],
};

/** Answers about connectors and connections; changes are confirmed, not kept. */
export function connectorAnswer(method, path, body) {
  const [, kind, first, second, third] = path.split('?')[0].split('/');
  if (kind === 'oauth') return [200, { authorizeUrl: 'about:blank#authorize' }];
  if (kind === 'oauth-apps') {
    if (method === 'DELETE') return [204, ''];
    return [200, { connector: first, managed: false, clientId: 'fastn-client', hasSecret: true }];
  }
  if (kind === 'connections') {
    if (method === 'GET') return [200, { connections }];
    if (method === 'DELETE') return [204, ''];
    if (second === 'verify') return [200, { verified: first !== 'c2', message: 'answered 401' }];
    return [first ? 200 : 201, { ...connections[0], ...body, fields: undefined }];
  }
  if (!first) {
    const { connectors } = json('connectors');
    return [200, { connectors: [...connectors, row(shop), row(account)] }];
  }
  if (first === 'import') return [200, third === 'preview' ? preview : { ...shop, warnings: [] }];
  if (method === 'PUT') return put(first, body);
  const found = connector(first);
  if (!found) return problem(404, 'FASTN-03001', `connector "${first}" does not exist`);
  if (method === 'DELETE') return [204, ''];
  if (second === 'versions') {
    const made = (version) => ({ version, createdAt: past(version * 9e7), createdBy: 'demo' });
    return [200, { versions: found.version ? [made(2), made(1)] : [] }];
  }
  if (second === 'actions') return tried(third, body);
  return [200, found];
}

function put(slug, body) {
  const wrong = (text) => problem(422, 'FASTN-03005', `connector definition ${slug}: ${text}`);
  if (body.actions?.getOrder?.method === 'GIT')
    return wrong(
      'actions.getOrder.method is "GIT"; allowed are DELETE, GET, HEAD, PATCH, POST, PUT',
    );
  if (body.titel) return wrong('has an unknown field "titel"; allowed are slug, title');
  return [201, { ...shop, slug, version: 3, definition: body, unchanged: false }];
}

function tried(name, { mode, input }) {
  if (mode === 'MOCK') return [200, { mode, success: true, result: { output: { id: 'text' } } }];
  if (input?.orderId) return [200, { mode, success: true, result: { id: '4711', total: 12.5 } }];
  const message = `myShop.${name}: the input does not fit: /orderId is missing`;
  return [200, { mode, success: false, error: { name: 'ConnectorError', message } }];
}
