// === a helper called once is laid into its call
// nodes: 3
const d = await load(ctx.input);
return await p.write(d);
async function load(id) {
  const raw = await p.read({ id });
  if (!raw.id) return 'none';
  const more = await p.read(raw.id + 1);
  return [raw.id, more];
}
// input: 4
// input: 0

// === a helper of two calls is laid into both its calls
// nodes: 4
const load = async (id) => { const a = await p.read(id); return (await p.read(a + 1)) * 2 };
return [await load(1), await load(10)];

// === a helper with defaults and destructuring
// nodes: 2
const make = async ({ a, b = a + 1 }, c = b) => { await p.write([a, b, c]); return { a, b, c } };
const r = await make(await p.read({ a: 1 }));
return r;

// === a helper that throws is caught by its caller
// nodes: 1
async function risky() { await p.fail('helper'); return 1 }
try { return await risky() } catch (e) { return e.message }

// === a helper in a loop has fresh variables
// nodes: 1
const fs = [];
async function work(x) { let n = x; fs.push(() => n++); await p.read(n); n += 10 }
for (const x of [1, 2]) await work(x);
return fs.map((f) => [f(), f()]);

// === a helper without value
// nodes: 1
async function note(x) { if (!x) return; await p.write(x) }
const r = await note(ctx.input);
return [r];
// input: 0
// input: 3

// === recursion stays one step
// nodes: 1
async function walk(n) { if (n === 0) return 0; return (await p.read(n)) + (await walk(n - 1)) }
return await walk(3);

// === a table of handlers
// nodes: 2
const handlers = { a: async (x) => await p.read(x), b: async (x) => await p.write(x) };
return await handlers[ctx.input](5);
// input: "a"
// input: "b"

// === Promise.all of direct calls is one step
// nodes: 1
const [a, b] = await Promise.all([p.read(1), p.write(2)]);
return a + b;

// === Promise.all over a list
// nodes: 1
const rs = await Promise.all([1, 2, 3].map(async (x) => { const v = await p.read(x); return v * 2 }));
return rs;

// === Promise.allSettled and race
// nodes: 2
const s = await Promise.allSettled([p.read(1), p.fail('x')]);
const r = await Promise.race([p.read('a'), p.read('b')]);
return [s.map((x) => x.status), r];

// === a stored promise awaited later
// nodes: 2
const pending = p.read(1);
const other = await p.write(2);
return [await pending, other];

// === then and catch on an effect
// nodes: 2
const a = await p.read(1).then((x) => x + 1);
const b = await p.fail('no').catch((e) => e.message);
return [a, b];

// === a floating effect is still made
// nodes: 2
p.write('floating');
return await p.read(1);

// === a generator drives a loop
// nodes: 1
function* pages() { try { yield 1; yield 2; yield 3 } finally { console.log('closed') } }
const out = [];
for (const x of pages()) { if (x === 3) break; out.push(await p.read(x)) }
return out;

// === an async generator
// nodes: 1
async function* pages() { let n = 0; while (n < 3) yield await p.read(n++) }
const out = [];
for await (const x of pages()) out.push(x);
return out;

// === forEach with an async callback
// nodes: 1
const out = [];
[1, 2].forEach(async (x) => { out.push(await p.read(x)) });
return out.length;

// === reduce with promises
// nodes: 1
return await [1, 2, 3].reduce(async (sum, x) => (await sum) + (await p.read(x)), Promise.resolve(0));

// === an immediately called function
// nodes: 1
const r = await (async () => { const a = await p.read(1); return a + 1 })();
return r;

// === a class with effects in its methods
// nodes: 2
class Client { constructor(n) { this.n = n } async load() { return (await p.read(this.n)) + 1 } }
const c = new Client(4);
const v = await c.load();
return [v, await p.write(v)];

// === a workflow that calls itself
export default async function main(ctx) {
  const p = fastn.connector.probe;
  if (Array.isArray(ctx.input)) return await main({ input: ctx.input.length });
  return [await p.read(ctx.input), await p.write('end')];
}
// input: [1, 2]
// input: 5

// === a workflow that is an arrow without braces
export default async ({ input }) => [await fastn.connector.probe.read(input), await fastn.connector.probe.write(input)];
// input: 3

// === a workflow with a default and a pattern
const K = 10;
export default async function ({ input: { a = K, ...rest } = {} } = {}, more = 'm') {
  const v = await fastn.connector.probe.read(a);
  return { v, rest, more };
}
// input: {"a": 1, "b": 2}
// input: {}

// === a workflow exported by name after its helpers
const fastn2 = new Fastn({ connectors: { probe: { orgId: 'managed' } } });
const { connector: { probe: client } } = fastn2;
async function main(ctx) { return await twice(ctx.input) }
async function twice(x) { const a = await client.read(x); return a * 2 }
export const unused = 1;
export default main;
// input: 21

// === module code runs first
let calls = 0;
const table = new Map([['a', 1]]);
function next() { return ++calls }
next();
export default async function (ctx) { next(); await fastn.connector.probe.read(next()); return [calls, table.get('a')] }

// === state, database and secrets
await fastn.state.set('k', { n: 1 });
const a = await fastn.state.get('k');
const gone = await fastn.state.delete('k');
const none = await fastn.state.get('k');
return [a, gone, none];

// === a client handed to a helper
// nodes: 2
async function use(client, x) { return await client.connector.probe.read(x) }
const a = await use(fastn, 1);
return await p.write(a);

// === a promise with a timer is a wait
// nodes: 1
let t = 0;
const value = await new Promise((resolve) => setTimeout(() => resolve('v'), 10));
return [value, await p.read(1)];

// === console lines keep their order
// nodes: 2
console.log('a');
await p.read(1);
console.log('b', { x: 1 });
await p.write(2);
console.log('c');

// === an answer that is caught in the background ties nothing
// nodes: 2
const load = async (x) => { try { return await p.read(x) } catch { return null } };
const later = load(ctx.input);
const other = await p.write('other');
return [await later, other];
// input: 1
// input: 2

// === what runs finally branches without a value
// nodes: 2
const seen = [];
const value = await p.read(1).finally(async () => !ctx.input || await p.write('last'));
return value;
// input: 0
// input: 1

// === an optional call out of a table of handlers
// nodes: 4
const log = [];
const handlers = {
  base: 10,
  async a(x) { log.push(this.base); return [x, await p.read(this.base + x)] },
  b: async (x) => await p.write(x),
  wrong: 3,
};
const key = (k) => { log.push('key ' + k); return k };
for (const k of ['a', 'none', 'b']) log.push(await handlers[key(k)]?.(k, log.push('arg')));
try { log.push(await handlers[key('wrong')]?.(1)) } catch (e) { log.push(e.message) }
return log;

// === an optional call of a handler that was looked up
// nodes: 4
const handlers = { a: async (x) => await p.read(x), b: async (x) => { await p.write(x) } };
const handle = handlers[ctx.input];
await handle?.(1);
return await handle?.(2);
// input: "a"
// input: "b"
// input: "c"

// === methods by a literal key
// nodes: 3
const api = { async send(x) { return await p.write(x) }, async get(x) { return await this['send'](await p.read(x)) } };
return [await api['send'](1), await api['get'](2)];

// === methods that a literal key replaces
// nodes: 2
const api = { async send(x) { return await p.write(x) }, async get(x) { return await p.read(x) } };
api['send'] = async (x) => ['other', x];
return [await api['send'](1), await api.get(2)];
