// `fastn` and `new Fastn({...})`: every function queues one call. A client and its parts are recognised by their path, so that a frame can name them.
import { GuestError, GuestPromise, ProxyOf, RealDate, apply, create, defineProperty, freeze, hide, isArray, push, weakTable } from './primordials.js';
import { pause, perform } from './calls.js';
import { bytesToBase64, base64ToBytes } from './base64.js';
import { secretRef, secretRefsIn } from './secrets.js';

const places = weakTable(); // object or function -> {client, path}

const rejected = (error) => apply(GuestPromise.reject, GuestPromise, [error]);

function call(name, makeArguments, decode = (value) => value) {
  try {
    return perform(name, makeArguments, decode);
  } catch (error) {
    return rejected(error);
  }
}

function placed(value, client, path) {
  places.set(value, { client, path });
  return value;
}

export const placeOf = (value) => (places.has(value) ? places.get(value) : null);

/** The part of a client at a path; the client itself for an empty one. */
export function partOf(client, path) {
  let value = client;
  for (const name of path) value = value[name];
  return value;
}

const accessorOf = (name) => name.replace(/-+([a-zA-Z0-9])/g, (_, letter) => letter.toUpperCase());

/** An object whose members are made when they are read; symbols, `then` and `toJSON` are never members. */
function lazyMembers(make) {
  const made = create(null);
  return new ProxyOf(freeze(create(null)), {
    get(_, name) {
      if (typeof name !== 'string' || name === 'then' || name === 'toJSON') return undefined;
      return (made[name] ??= make(name));
    },
    set: () => false,
    has: (_, name) => typeof name === 'string',
  });
}

function named(name, message, fields) {
  const error = new GuestError(message);
  hide(error, 'name', name);
  return Object.assign(error, fields);
}

function declaredConnectors(config) {
  if (config?.connectors === undefined) return null;
  const declared = create(null);
  for (const name of Object.keys(config.connectors)) declared[accessorOf(name)] = config.connectors[name] ?? {};
  return declared;
}

function connectorRoot(client, config, root) {
  const declared = declaredConnectors(config);
  return lazyMembers((name) => {
    const accessor = accessorOf(name);
    const { orgId = null, connection = null } = declared?.[accessor] ?? {};
    if (declared !== null && !(accessor in declared)) {
      throw named('ConnectorError', `connector "${name}" is not declared: add it to connectors of new Fastn({ connectors: { ... } })`, { code: 'FASTN-03001', connector: name, retryable: false });
    }
    const actions = lazyMembers((action) => {
      const path = [root, name, action];
      const perform = (input, decode) => call(`connector.${accessor}.${action}`, () => connectorArguments(orgId, connection, input), decode);
      const performed = placed((input) => perform(input, connectorResult), client, path);
      hide(performed, 'pages', placed((input) => pagesOf(perform, `${accessor}.${action}`, input), client, [...path, 'pages']));
      return performed;
    });
    return placed(actions, client, [root, name]);
  });
}

/** One call for each page; the host says what the next one is asked for with. */
async function* pagesOf(perform, name, input) {
  let members = input;
  while (members !== null) {
    const { page, next } = await perform(members, (result) => ({ page: connectorResult(result), next: result.next }));
    if (next === undefined) throw new TypeError(`fastn.connector.${name}.pages: the action has no pages`);
    yield page;
    members = next === null ? null : { ...input, ...next };
  }
}

function connectorArguments(orgId, connection, input) {
  const args = { orgId, connection, input: input === undefined ? null : input };
  const refs = secretRefsIn(args.input);
  if (refs.length > 0) args.refs = refs;
  return args;
}

function connectorResult({ output: sent, bytes, status, durationMs }) {
  const output = bytes === undefined ? sent : base64ToBytes(bytes);
  if (typeof output !== 'object' || output === null) return output;
  const extras = { output, success: true, status, error: null, durationMs };
  for (const key of Object.keys(extras)) if (!Object.hasOwn(output, key)) hide(output, key, extras[key]);
  return output;
}

/** A parameter of a statement as JSON; what JSON has no word for is an object with one member. */
function toWire(value) {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : `${value}`;
    case 'bigint':
      return { bigint: `${value}` };
    case 'object':
      return objectToWire(value);
    default:
      throw new TypeError(`fastn.db.query: a ${typeof value} can not be a parameter`);
  }
}

function objectToWire(value) {
  if (value instanceof RealDate) return { date: value.toISOString() };
  if (value instanceof Uint8Array) return { bytes: bytesToBase64(value) };
  if (value instanceof ArrayBuffer) return { bytes: bytesToBase64(new Uint8Array(value)) };
  if (isArray(value)) return value.map(toWire);
  return { json: value };
}

function fromWire(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) return value.map(fromWire);
  if ('date' in value) return new RealDate(value.date);
  if ('bigint' in value) return BigInt(value.bigint);
  if ('bytes' in value) return base64ToBytes(value.bytes);
  return value.json;
}

function toRows({ columns, rows, rowCount }) {
  const result = [];
  for (const cells of rows) {
    const row = {};
    for (let i = 0; i < columns.length; i++) {
      defineProperty(row, columns[i], { value: fromWire(cells[i]), writable: true, enumerable: true, configurable: true });
    }
    push(result, row);
  }
  hide(result, 'rows', result);
  hide(result, 'rowCount', rowCount);
  return result;
}

const scopeOf = (options) => options?.scope ?? 'ORG';

function millisecondsUntil(time, caller) {
  const milliseconds = time instanceof RealDate ? time.getTime() - Date.now() : time;
  if (typeof milliseconds !== 'number' || Number.isNaN(milliseconds)) throw new TypeError(`${caller}: the time is neither a number of milliseconds nor a Date`);
  return milliseconds;
}

/** The arguments of a wait for an event; a key that is a number is its text. */
function awaited(event, { key, timeout } = {}) {
  if (typeof event !== 'string' || event === '') throw new TypeError('fastn.waitFor: the event is no text');
  if (key !== undefined && typeof key !== 'string' && typeof key !== 'number') throw new TypeError('fastn.waitFor: the key is neither a text nor a number');
  return {
    event,
    key: key === undefined ? null : `${key}`,
    timeout: timeout === undefined ? null : millisecondsUntil(timeout, 'fastn.waitFor'),
  };
}

/** The arguments of a call of another workflow. */
function workflowCall(workflow, input, caller) {
  if (typeof workflow !== 'string' || workflow === '') throw new TypeError(`${caller}: the workflow is no text`);
  return { workflow, input: input === undefined ? null : input };
}

function settingKey(key) {
  if (typeof key !== 'string' || key === '') throw new TypeError('fastn.envConfig.get: the key is no text');
  return key;
}

const families = {
  db: {
    query: (sql, params = []) => call('db.query', () => ({ sql: String(sql), params: params.map(toWire) }), toRows),
  },
  state: {
    get: (key, options) => call('state.get', () => ({ key, scope: scopeOf(options) })),
    set: (key, value, options) => call('state.set', () => ({ key, value: value === undefined ? null : value, scope: scopeOf(options), ttl: options?.ttl ?? null }), () => undefined),
    setIfAbsent: (key, value, options) => call('state.setIfAbsent', () => ({ key, value: value === undefined ? null : value, scope: scopeOf(options), ttl: options?.ttl ?? null })),
    increment: (key, by = 1, options) => call('state.increment', () => ({ key, value: by, scope: scopeOf(options), ttl: options?.ttl ?? null })),
    delete: (key, options) => call('state.delete', () => ({ key, scope: scopeOf(options) })),
  },
  secrets: {
    get: (name) => call('secrets.get', () => ({ name })),
    ref: secretRef,
  },
  envConfig: {
    get: (key) => call('envConfig.get', () => ({ key: settingKey(key) })),
  },
  flow: {
    invoke: (workflow, input) => call('flow.invoke', () => workflowCall(workflow, input, 'fastn.flow.invoke')),
    invokeAsync: (workflow, input) => call('flow.invokeAsync', () => workflowCall(workflow, input, 'fastn.flow.invokeAsync')),
  },
};

/** Gives access to connectors, database, state and secrets; `connectors` says which ones and whose definition and account. */
export class Fastn {
  constructor(config) {
    const client = { client: this, config: config === undefined ? null : config };
    placed(this, client, []);
    hide(this, 'connector', placed(connectorRoot(client, config, 'connector'), client, ['connector']));
    hide(this, 'connectors', this.connector);
    for (const family of Object.keys(families)) {
      const part = create(null);
      for (const name of Object.keys(families[family])) {
        const { [name]: perform } = families[family];
        part[name] = placed((...args) => perform(...args), client, [family, name]);
      }
      hide(this, family, placed(freeze(part), client, [family]));
    }
    hide(this, 'sleep', placed(async (time) => void (await pause(millisecondsUntil(time, 'fastn.sleep'))), client, ['sleep']));
    hide(this, 'waitFor', placed((event, options) => call('waitFor', () => awaited(event, options)), client, ['waitFor']));
    freeze(this);
  }
}

export function installClient(global) {
  hide(global, 'Fastn', Fastn);
  hide(global, 'fastn', new Fastn());
}
