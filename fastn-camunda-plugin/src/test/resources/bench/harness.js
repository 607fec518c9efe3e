// The outside world of a workflow under test: the same for plain JavaScript and for the process.
(function (repliesJson) {
  const replies = JSON.parse(repliesJson);
  const trace = [];
  const lines = [];
  const counters = new Map();
  const states = new Map();
  const copy = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

  class ConnectorError extends Error {
    constructor(message, fields) {
      super(message);
      Object.defineProperty(this, 'name', { value: 'ConnectorError', enumerable: false });
      Object.assign(this, fields);
    }
  }

  const probe = {
    read: (x) => copy(x),
    write: (x) => copy(x),
    slow: (x) => copy(x.value),
    count: () => (counters.set('count', (counters.get('count') ?? 0) + 1), counters.get('count')),
    fail: (message) => {
      throw new ConnectorError(String(message), { status: 500 });
    },
    flaky: ({ key, times }) => {
      const calls = (counters.get(key) ?? 0) + 1;
      counters.set(key, calls);
      if (calls <= times) throw new ConnectorError(`flaky ${key} ${calls}`, { status: 503 });
      return calls;
    },
  };

  function reply(name) {
    const list = replies[name];
    if (!list) throw new ConnectorError(`no reply for ${name}`, {});
    const next = list.length > 1 ? list.shift() : list[0];
    if (next !== null && typeof next === 'object' && '$error' in next) throw new ConnectorError(next.$error, next.$fields ?? {});
    return copy(next);
  }

  function perform(name, argument, work) {
    trace.push(name + ' ' + JSON.stringify(argument));
    return new Promise((resolve, reject) =>
      Promise.resolve().then(() => {
        try {
          resolve(work());
        } catch (e) {
          reject(e);
        }
      }),
    );
  }

  const connector = new Proxy({}, {
    get: (_, name) =>
      typeof name === 'symbol'
        ? undefined
        : new Proxy({}, {
            get: (__, action) => (input) =>
              perform(`${name}.${action}`, input, () => (name === 'probe' ? probe[action](input) : reply(`${name}.${action}`))),
          }),
  });
  const client = {
    connector,
    db: { query: (sql, params) => perform('db.query', [sql.replace(/\s+/g, ' ').trim(), params], () => reply('db.query')) },
    state: {
      get: (key) => perform('state.get', key, () => copy(states.get(key) ?? null)),
      set: (key, value) => perform('state.set', [key, value], () => (states.set(key, copy(value)), null)),
      delete: (key) => perform('state.delete', key, () => states.delete(key)),
    },
    secrets: { get: (name) => perform('secrets.get', name, () => reply('secrets.get')) },
    flow: {
      invoke: (workflow, input) => perform('flow.invoke', [workflow, input], () => reply('flow.invoke')),
      invokeAsync: (workflow, input) => perform('flow.invokeAsync', [workflow, input], () => reply('flow.invokeAsync')),
    },
    sleep: (ms) => perform('sleep', ms, () => undefined),
    waitFor: (event, options) => perform('waitFor', [event, options], () => reply('waitFor')),
  };
  globalThis.fastn = client;
  globalThis.Fastn = class Fastn {
    constructor() {
      return client;
    }
  };
  const show = (value) => print(value, new Map());
  const log = (...args) => void lines.push(args.map((a) => (typeof a === 'string' ? a : show(a))).join(' '));
  globalThis.console = { log, info: log, warn: log, error: log, debug: log };

  const timers = [];
  let order = 0;
  globalThis.setTimeout = (f, ms = 0, ...args) => (timers.push({ f, args, at: Number(ms), id: ++order }), order);
  globalThis.clearTimeout = (id) => void timers.splice(timers.findIndex((t) => t.id === id) >>> 0, 1);
  globalThis.structuredClone = copy;
  globalThis.queueMicrotask = (f) => void Promise.resolve().then(f);

  function print(value, seen) {
    if (value === null) return 'null';
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (Object.is(value, -0)) return '-0';
    if (typeof value === 'function') return `function ${value.name}`;
    if (typeof value !== 'object') return String(value);
    if (seen.has(value)) return `#${seen.get(value)}`;
    seen.set(value, seen.size);
    if (Array.isArray(value)) return `[${Array.from(value, (v, i) => (i in value ? print(v, seen) : '<hole>')).join(', ')}]`;
    if (value instanceof Date) return `Date(${value.getTime()})`;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Error) return `${value.name}(${JSON.stringify(value.message)})`;
    if (value instanceof Map) return `Map{${[...value].map(([k, v]) => `${print(k, seen)} => ${print(v, seen)}`).join(', ')}}`;
    if (value instanceof Set) return `Set{${[...value].map((v) => print(v, seen)).join(', ')}}`;
    const type = Object.getPrototypeOf(value)?.constructor?.name ?? 'null';
    const body = Reflect.ownKeys(value).map((k) => `${String(k)}: ${print(value[k], seen)}`).join(', ');
    return type === 'Object' ? `{${body}}` : `${type} {${body}}`;
  }

  let parts;
  globalThis.$program = (p) => void (parts = p);
  const outcome = { state: 'pending', value: undefined };
  return {
    watch(f, ...args) {
      outcome.state = 'pending';
      let promise;
      try {
        promise = f.apply(undefined, args);
      } catch (e) {
        outcome.state = 'thrown';
        outcome.value = e;
        return;
      }
      Promise.resolve(promise).then(
        (value) => ((outcome.state = 'done'), (outcome.value = value)),
        (error) => ((outcome.state = 'thrown'), (outcome.value = error)),
      );
    },
    watchMain(f, inputJson) {
      this.watch(f, ctx(inputJson));
    },
    state: () => outcome.state,
    truthy: () => !!outcome.value,
    shown: () => show(outcome.value),
    tick() {
      if (timers.length === 0) return false;
      timers.sort((a, b) => a.at - b.at || a.id - b.id);
      const next = timers.shift();
      next.f(...next.args);
      return true;
    },
    start: (inputJson) => void (parts.variables.$ctx = ctx(inputJson)),
    keepResult: () => void (parts.variables.$ret = outcome.value),
    keepThrown: () => void (parts.variables.$thrown = outcome.value),
    slept: () => void trace.push('sleep ' + JSON.stringify(outcome.value)),
    result: () => show(parts.variables.$ret),
    trace: () => trace.join('\n'),
    lines: () => lines.join('\n'),
  };

  function ctx(inputJson) {
    return { input: inputJson === '' ? undefined : JSON.parse(inputJson), headers: {} };
  }
})
