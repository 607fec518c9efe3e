// === generators hand values in and out and are closed
function* numbers() { try { let got = yield 1; while (true) got = yield got * 2 } finally { console.log('closed') } }
const g = numbers();
const out = [g.next().value];
out.push(g.next(await p.read(5)).value);
out.push(g.next(await p.read(7)).value, g.return(9), g.next());
await p.write(out);
return out;

// === generators that delegate and throw
function* inner() { try { yield 'a'; yield 'b' } catch (e) { yield 'caught ' + e } return 'ret' }
function* outer() { const r = yield* inner(); yield r; yield* [1, 2] }
const g = outer();
const out = [g.next()];
await p.read(1);
out.push(g.throw('x'), g.next());
await p.read(2);
return [...out, ...g];

// === an endless generator with take, spread and destructuring
function* ids(prefix) { for (let i = 1; ; i++) yield prefix + i }
const gen = ids('x');
const [a, b] = gen;
const next = ids('y');
next.next();
await p.write([a, b]);
for (const id of next) { if (id === 'y4') break; await p.read(id) }
return [gen.next(), next.next(), Array.from({ length: 2 }, ((g) => () => g.next().value)(ids('z')))];

// === async iteration over effects with early exit
async function* pages(limit) {
  let cursor = 0;
  try { while (cursor < limit) { const page = await p.read({ cursor, items: [cursor, cursor + 1] }); yield page.items; cursor += 2 } } finally { await p.write('closed') }
}
const out = [];
for await (const items of pages(10)) { for (const x of items) { if (x === 3) continue; out.push(x) } if (out.length > 4) break }
for await (const v of [p.read('a'), 'b', Promise.resolve('c')]) out.push(v);
return out;

// === a hand made async iterator
const source = {
  n: 0,
  [Symbol.asyncIterator]() { return this },
  async next() { return this.n < 3 ? { done: false, value: await p.read(this.n++) } : { done: true } },
  async return() { await p.write('return'); return {} },
};
const seen = [];
for await (const x of source) { seen.push(x); if (x === 1) break }
return [seen, source.n];

// === a class with private fields, accessors and static state across steps
class Account {
  static #count = 0;
  static made() { return Account.#count }
  #balance;
  constructor(balance) { this.#balance = balance; Account.#count++ }
  get balance() { return this.#balance }
  set balance(v) { if (v < 0) throw new RangeError('no credit'); this.#balance = v }
  #fee() { return 1 }
  pay(x) { this.balance -= x + this.#fee(); return this }
  static is(o) { return #balance in o }
}
const a = new Account(await p.read(20));
a.pay(5);
await p.write(a.balance);
const b = new Account(1);
try { b.pay(5) } catch (e) { await p.write(e.message) }
return [a.balance, b.balance, Account.made(), Account.is(a), Account.is({}), a.pay(1).balance];

// === inheritance, super and overridden methods with effects
class Base { constructor(n) { this.n = n; this.init?.() } async load() { return await p.read(this.n) } describe() { return 'base' } }
class Derived extends Base { list = []; init() { this.early = true } async load() { const v = await super.load(); this.list.push(v); return v * 2 } describe() { return 'derived ' + super.describe() } }
const d = new Derived(4);
const v = await d.load();
await p.write(v);
return [await d.load(), d.list, d.early, d.describe(), d instanceof Base, Object.getPrototypeOf(d) === Derived.prototype];

// === instances of plain classes keep their identity in maps
class Point { constructor(x, y) { this.x = x; this.y = y } plus(o) { return new Point(this.x + o.x, this.y + o.y) } static origin = new Point(0, 0) }
const byPoint = new Map([[Point.origin, 'origin']]);
const q = new Point(1, 2);
byPoint.set(q, [q]);
await p.write(q);
return [byPoint.get(Point.origin), byPoint.get(q)[0] === q, q.plus(Point.origin), byPoint];

// === a fluent client built from closures
const client = (base) => {
  const headers = {};
  const self = { with: (k, v) => ((headers[k] = v), self), get: async (path) => await p.read({ url: base + path, headers }) };
  return self;
};
const api = client('http://x').with('a', 1);
const one = await api.get('/1');
api.with('b', 2);
const two = await api.get('/2');
return [one, two];

// === getters and setters with effects around them
const o = { _v: 1, get v() { return this._v++ }, set v(x) { this._v = x * 10 } };
o.v = await p.read(o.v);
o.v += await p.read(1);
await p.write(o.v);
return [o.v, o._v];

// === recursion with effects: a tree walk that collects
const tree = { id: 1, kids: [{ id: 2, kids: [{ id: 4, kids: [] }] }, { id: 3, kids: [] }] };
async function walk(node, depth = 0, path = []) {
  const id = await p.read(node.id);
  const here = [...path, id];
  const below = [];
  for (const kid of node.kids) below.push(await walk(kid, depth + 1, here));
  return { id, depth, path: here, below };
}
return await walk(tree);

// === mutual recursion
const even = async (n) => (n === 0 ? true : await odd((await p.read(n)) - 1));
const odd = async (n) => (n === 0 ? false : await even(n - 1));
return [await even(4), await odd(3), await even(1)];

// === helpers with every kind of parameter
async function send(to, { subject = 'none', tags: [first = 't', ...others] = [] } = {}, ...rest) {
  return await p.write({ to, subject, first, others, rest, n: arguments.length });
}
const a = await send('a');
const b = await send('b', { subject: await p.read('s'), tags: ['x', 'y', 'z'] }, 1, 2);
const c = await send(...['c', undefined, ...(await p.read([7, 8]))]);
return [a, b, c];

// === default parameters that are effects and see earlier parameters
async function f(a, b = a + 1, c = await0(b)) { return [a, b, await c] }
const await0 = (x) => p.read(x * 2);
return [await f(1), await f(1, 5), await f(1, undefined, 3)];

// === a helper defined after its use and one that shadows a name of main
const id = await p.read('outer');
const r = await twice(3);
async function twice(id) { const x = await once(id); return x + (await once(x)) }
async function once(x) { const id = await p.read(x + 1); return id }
return [id, r];

// === a helper that changes variables of main
let count = 0;
const seen = new Set();
async function visit(x) { count++; if (seen.has(x)) return 'again'; seen.add(x); return await p.read(x) }
const out = [await visit(1), await visit(2), await visit(1)];
count += 10;
out.push(await visit(3));
return [out, count, [...seen]];

// === a helper with several returns and a try
async function find(keys) {
  for (const k of keys) {
    try { const v = await p.read(k); if (v === 'hit') return { k, v }; if (v === 'bad') throw new Error('bad') } catch (e) { return { error: e.message } } finally { console.log('tried', k) }
  }
  return null;
}
return [await find(['a', 'hit', 'z']), await find(['bad', 'hit']), await find([])];

// === functions in tables, dispatch by name and bound methods
const handlers = { async create(x) { return await p.write('c' + x) }, update: async (x) => await p.write('u' + x), remove: p.write };
const out = [];
for (const [name, x] of [['create', 1], ['update', 2], ['remove', 3]]) out.push(await handlers[name](x));
const bound = handlers.create.bind(handlers, 9);
const call = await bound();
return [out, call, handlers.missing?.(1)];

// === immediately called functions and currying
const add = (a) => (b) => async (c) => a + b + (await p.read(c));
const five = add(2)(3);
const v = await five(1);
return [v, await (async ([x]) => x + (await p.read(1)))([v]), (() => this)()];

// === arguments and this in nested functions
function plain() { return [this, arguments.length, (() => arguments[0])(5)] }
const o = { f() { return this === o }, g: () => this };
await p.read(1);
return [plain(1, 2), o.f(), o.g(), (0, o.f)(), typeof plain.call(7)];

// === function properties, names and lengths
function tagged(a, b = 1) {}
tagged.meta = { n: 1 };
const arrow = (x, y) => x;
const o = { method() {}, ['comp' + 'uted']: () => 1, get g() { return 1 } };
await p.read(1);
tagged.meta.n++;
const late = class { static s = 1 };
return [tagged.name, tagged.length, tagged.meta, arrow.name, arrow.length, o.method.name, o.computed.name, late.name, (() => {}).name];

// === tagged templates with effects
const tag = (strings, ...values) => strings.raw.join('|') + values.join(',');
const first = tag`a${await p.read(1)}\n${await p.read(2)}c`;
const same = () => tag.last ?? (tag.last = 1);
const nested = `x${`y${await p.read('z')}`}${same()}`;
return [first, nested];

// === memoised effects
const cache = new Map();
const get = async (k) => { if (!cache.has(k)) cache.set(k, p.read(k)); return await cache.get(k) };
const out = [await get('a'), await get('b'), await get('a')];
await p.write(out);
return [out, await get('b'), cache.size];

// === a generator is open while the run waits
function* count() { let n = 0; while (true) yield ++n }
const g = count();
const out = [g.next().value];
await fastn.sleep(1000);
out.push(g.next().value, await p.read(g.next().value));
return out;

// === defaults that name a later parameter, or keep one that the body declares anew
const a = 1;
var x = 1;
async function rest(b = a, ...a) { await fastn.connector.probe.read([b, a]); return await fastn.connector.probe.write(a) }
async function anew(x, y = () => { x = 2; return x }) { var x; const before = x; x = await fastn.connector.probe.read(3); y(); await fastn.connector.probe.write(x); return [before, x, y()] }
async function self(x = x) { await fastn.connector.probe.read(x); return x }
async function plain({ id, name = id + 'n', key = { name: 1 }.name } = {}, more = name) { await fastn.connector.probe.read(id); return await fastn.connector.probe.write([name, key, more]) }
export default async function () {
  const seen = [];
  try { await rest(undefined, 2) } catch (e) { seen.push(e.name) }
  try { await self() } catch (e) { seen.push(e.name) }
  return [...seen, await rest(3, 4), await anew(7), x, await self(5), await plain({ id: 'i' })];
}

// === parameters of the workflow whose defaults keep what its body declares anew
export default async function ({ input, keep = () => input }, more = () => keep()) {
  var input = 5;
  await fastn.connector.probe.read(input);
  return [input, keep(), more()];
}
// input: 7
