// === a helper called in a condition, an argument and a return
async function ok(x) { return (await p.read(x)) > 1 }
const out = [];
if (await ok(ctx.input)) out.push('if');
while (!(await ok(out.length))) out.push('while');
out.push(await p.write(await ok(5)));
return (await ok(1)) || out;
// input: 2
// input: 0

// === a helper called twice in one expression keeps its variables apart
async function next(x) { let own = x; own += await p.read(1); return own }
return [(await next(1)) + (await next(10)) * (await next(100)), await next(await next(0))];

// === a helper with early returns in loops and try, called from a loop
async function first(xs, test) {
  for (const x of xs) { try { const v = await p.read(x); if (v < 0) throw new Error('negative'); if (test(v)) return v } catch (e) { return e.message } finally { if (x === 3) await p.write('saw three') } }
}
const out = [];
for (const xs of [[1, 2], [3, 5], [-1], []]) out.push(await first(xs, (v) => v >= 4));
return out;

// === a helper that falls off its end gives undefined, also after an effect
async function nothing(x) { if (x) { await p.write(x) } }
const out = [await nothing(0), await nothing(1), typeof (await nothing(2))];
return out;

// === a helper assigns to its parameters and to variables of main
let total = 0;
async function add(x, { twice } = {}) { x = twice ? x * 2 : x; total += await p.read(x); x = null; return total }
const x = 5;
return [await add(x), await add(x, { twice: true }), await add(1), x, total];

// === a compound assignment of a helper's result loses what the helper adds to the same variable
let n = 1;
const bump = async () => { n += 10; await p.read(n); n += 10; return 100 };
n += await bump();
const before = n;
n = (await bump()) + n;
return [before, n];

// === a helper reassigned to another function
let act = async (x) => 'first ' + (await p.read(x));
const out = [await act(1)];
if (ctx.input) act = async (x) => 'second ' + (await p.write(x));
out.push(await act(2));
return out;
// input: true
// input: false

// === helpers as default parameters of helpers
const load = async (x) => await p.read(x);
async function run(x, via = load, more = via(x + 1)) { return [await via(x), await more] }
return [await run(1), await run(1, async (v) => -v), await run(1, load, 'given')];

// === recursion with an accumulator and a helper inside
async function flatten(tree, path = [], out = []) {
  async function visit(node, i) { out.push(await p.read([...path, i, node.name ?? node].join('.'))); if (node.kids) await flatten(node.kids, [...path, i], out) }
  let i = 0;
  for (const node of tree) await visit(node, i++);
  return out;
}
return await flatten(['a', { name: 'b', kids: ['c', { name: 'd', kids: ['e'] }] }, 'f']);

// === the this of helper methods in an object that is passed on
const service = { prefix: '>', async get(x) { return this.prefix + (await p.read(x)) }, nested: { prefix: '!', async get(x) { return this.prefix + (await service.get(x)) } } };
const { get } = service;
const out = [await service.get(1), await service.nested.get(2), await get.call({ prefix: '?' }, 3), await Reflect.apply(get, service, [4])];
try { await get(5) } catch (e) { out.push(e.name) }
return out;

// === arguments and the length of rest in helpers called with spreads
async function count() { await p.read(arguments.length); return [...arguments] }
const rest = async (first, ...others) => [first, others, await p.read(others.length)];
return [await count(1, 2), await count(...[1, , 3]), await rest(...'abc'), await rest(), count.length, rest.length];

// === a helper that is called without await and once with
const log = [];
const note = async (x) => { log.push(await p.write(x)) };
const pending = note('a');
log.push('after the call');
await note('b');
await pending;
return log;

// === a helper whose promise is thrown away by a comma
const log = [];
const slow = async (x) => { log.push('start ' + x); await p.read(x); log.push('end ' + x) };
const v = (slow(1), await p.read('main'));
await slow(2);
return [v, log.length, log[0]];

// === sync helpers between effects, with exceptions and recursion
const parse = (s) => { if (s === '') throw new SyntaxError('empty'); return s.startsWith('(') ? [parse(s.slice(1, -1))] : s };
const out = [];
for (const s of ['x', '((y))', '']) { try { out.push(parse(await p.read(s))) } catch (e) { out.push(e.message) } }
return out;

// === helpers with the same local names and a shadowed parameter
async function a(x) { const r = await p.read(x); { const r = await b(x + 1); return [r] } }
async function b(x) { const r = await p.read(x); return (() => { const x = 'inner'; return [x, r] })() }
const r = await a(1);
return [r, await b(5), typeof x];

// === an immediately called async arrow with break-like returns
const r = await (async () => { for (const x of [1, 2, 3]) { if ((await p.read(x)) === ctx.input) return 'found ' + x } return 'none' })();
const s = await (async function loop(n) { return n > 0 ? [await p.read(n), ...(await loop(n - 1))] : [] })(2);
return [r, s];
// input: 2
// input: 7

// === a table of handlers
const handlers = {
  async a(x) { const y = await fastn.connector.probe.read(x); if (y > 1) return await fastn.connector.probe.write(y); return 'small'; },
  b: async ({ n = 2 }) => { await fastn.connector.probe.write(n); },
  'c d': async function (x) { return [this === handlers, await fastn.connector.probe.read(x)]; },
  e: () => 'pure',
  f: (x) => fastn.connector.probe.read(x),
};
export default async function (ctx) {
  const out = [];
  for (const [kind, x] of [['a', 1], ['a', 2], ['b', {}], ['c d', 3], ['e', 1], ['f', 4], ['g', 1]]) {
    try {
      out.push(await handlers[kind](x));
    } catch (e) { out.push(e.name + ': ' + e.message); }
    const handle = x === 4 ? undefined : handlers[kind];
    if (handle) out.push([kind, await handle(x)]);
  }
  handlers.a = async () => await fastn.connector.probe.read('replaced');
  out.push(await handlers['a'](9));
  return out;
}
// === a list of functions
async function first(x) { return (await fastn.connector.probe.read(x)) + 1; }
const second = async (x) => { if (x > 2) throw new Error('too big ' + x); await fastn.connector.probe.write(x); return x * 2; };
export default async function (ctx) {
  const steps = [first, second, (x) => x + 0.5, first];
  let x = 1;
  for (const step of steps) x = await step(x);
  try { for (const step of [second, first]) x = await step(x); } catch (e) { return e.message; }
  return x;
}
// === adapters
const contacts = { name: 'contacts', source: async (since) => (await fastn.connector.probe.read([since, 1])), create: async (x) => { await fastn.connector.probe.write(x); return contacts.name; } };
const products = { name: 'products', async source(since) { const all = await fastn.connector.probe.read([since]); return all.map((x) => [this.name, x]); }, async create(x) { await fastn.connector.probe.write([x]); return this.name; } };
async function sync(adapter, since, extra = []) {
  const made = [];
  for (const x of await adapter.source(since)) made.push(await adapter.create(x));
  for (const x of extra) await adapter.create?.(x);
  return made;
}
export default async function (ctx) {
  const one = await sync(contacts, 5);
  const two = await sync(products, 6, ['x']);
  return [one, two, await sync({ source: async () => await fastn.connector.probe.read([8]), create: () => 3 }, 7)];
}
// === var tables, dead zones, evaluation order
export default async function (ctx) {
  const log = [];
  const key = (k) => { log.push('key ' + k); return k; };
  const arg = (k) => { log.push('arg ' + k); return k; };
  try { await table[key('a')](arg(1)); } catch (e) { log.push(e.name); }
  var table = { a: async (x) => { log.push(await fastn.connector.probe.read(x)); }, b: async (x) => { log.push(await fastn.connector.probe.write(x)); } };
  await table[key('a')](arg(2), log.push('late'));
  log.push(await table[key('b')](...[arg(3)]));
  try { await table[key('zz')](arg(4)); } catch (e) { log.push(e.name, e.message); }
  return log;
}
// === closures of handlers made in a loop
export default async function (ctx) {
  const out = [];
  for (let i = 0; i < 2; i++) {
    const t = { a: async () => { await fastn.connector.probe.read(i); out.push(i); }, b: async () => { out.push(await fastn.connector.probe.write(i)); } };
    for (const k of ['a', 'b']) await t[k]();
  }
  return out;
}
// === recursive handlers
const visit = {
  list: async (n) => { let s = 0; for (const x of n.items) s += await visit[x.kind](x); return s; },
  leaf: async (n) => { return await fastn.connector.probe.read(n.v); },
};
export default async function (ctx) {
  return await visit['list']({ items: [{ kind: 'leaf', v: 1 }, { kind: 'list', items: [{ kind: 'leaf', v: 2 }] }] });
}
// === background handlers
const fire = { a: async (x) => { await fastn.connector.probe.read(x); console.log('a', x); }, b: async (x) => { await fastn.connector.probe.write(x); console.log('b', x); } };
export default async function (ctx) {
  const p = fire[ctx.input?.k ?? 'a'](1);
  await fire['b'](2);
  await p;
  return 1;
}
// === what a table gives is returned
const actions = {
  open: async ({ id }) => { const x = await fastn.connector.probe.read(id); return x > 1 ? x : await fastn.connector.probe.write(id); },
  close: async ({ id }) => { await fastn.connector.probe.write(['close', id]); return { closed: id }; },
  noop: () => null,
};
export default async function (ctx) {
  const { action, id } = await fastn.connector.probe.read({ action: 'open', id: 1 });
  if (id > 5) throw new Error('no');
  return actions[action]({ id });
}
// === receivers that change
export default async function (ctx) {
  let list = [1];
  const t = { a: async (x) => { const y = await fastn.connector.probe.read(x); list = [y]; return y; }, b: async (x) => { list = []; return await fastn.connector.probe.write(x); } };
  const old = list;
  list.push(await t[await fastn.connector.probe.read('a')](7));
  list.push(await t['b'](8), await fastn.connector.probe.read(9));
  return [old, list];
}
