// === subclasses of built-ins
class Stack extends Array { peek() { return this.at(-1) } }
class Counter extends Map { inc(k) { return this.set(k, (this.get(k) ?? 0) + 1) } }
class Stamp extends Date { label() { return this.toISOString().slice(0, 10) } }
class Bag extends Set { constructor(x) { super(x); this.note = 'n' } }
const s = Stack.of(1, 2), c = new Counter([['a', 1]]), d = new Stamp(0), b = new Bag([1]);
await p.read(1);
s.push(3);
c.inc('a').inc('b');
d.setUTCDate(2);
b.add(2);
await p.write([s.peek(), [...c], d.label(), b.size]);
return [s, s instanceof Stack, s.peek(), c instanceof Counter, [...c], d.label(), b, b.note, s.map((x) => x) instanceof Stack];

// === errors with causes are kept whole
const inner = new RangeError('inner');
inner.extra = new Map([['k', inner]]);
const outer = new Error('outer', { cause: inner });
const both = new AggregateError([inner, outer], 'both');
outer.name = 'Custom';
await p.read(1);
await p.write([outer.name, both.errors.length]);
return [outer, both, both.errors[0] === inner, inner.extra.get('k') === inner, outer.cause === inner, typeof outer.stack, both instanceof AggregateError, Object.keys(outer)];

// === order of keys after deletion and with numbers
const o = { z: 1, 5: 'five', a: 2, 1: 'one', [Symbol.for('s')]: 3 };
delete o.z;
o.z = 'again';
const m = new Map([['x', 1], ['y', 2]]);
m.delete('x');
m.set('x', 3);
await p.read(1);
o[0] = 'zero';
m.set('w', 4);
return [Object.keys(o), [...m.keys()], JSON.stringify(o), o];

// === static members and prototypes that change
class Config { static values = { a: 1 }; static #secret = 1; static bump() { return ++Config.#secret } get() { return Config.values } }
const c = new Config();
Config.values.a = await p.read(2);
Config.extra = 'x';
Config.prototype.late = function () { return 'late ' + Config.extra };
await p.write(Config.bump());
Array.prototype.last = function () { return this[this.length - 1] };
await p.read(1);
globalThis.shared = { n: Config.bump() };
await p.read(2);
shared.n++;
return [c.get(), c.late(), [1, 2].last(), shared, Config.bump()];

// === functions are the same function later
const helper = (x) => x + 1;
function declared(x) { return x * 2 }
const table = { helper, declared, list: [helper, declared], max: Math.max };
const bound = declared.bind(null, 21);
await p.read(1);
const after = [table.helper === helper, table.list[1] === declared, table.max === Math.max, table.helper(1), bound()];
helper.note = 'noted';
declared.prototype.tag = 1;
await p.read(2);
return [...after, helper.note, new declared() instanceof declared, new declared().tag, table.list[0].note];

// === promises that are settled already
const done = Promise.resolve({ v: 1 });
const failed = Promise.reject(new Error('kept'));
failed.catch(() => {});
const box = { done };
await p.read(1);
(await done).v++;
await p.write('x');
try { await failed } catch (e) { return [await box.done, box.done === done, e.message, (await done) === (await box.done)] }

// === iterators of collections stay where they are
const m = new Map([['a', 1], ['b', 2], ['c', 3]]);
const entries = m.entries(), letters = 'xyz'.matchAll(/./g), list = [1, 2, 3].values();
entries.next();
letters.next();
await p.read(1);
m.delete('b');
m.set('d', 4);
list.next();
await p.write('x');
return [[...entries], [...letters].map((x) => x[0]), [...list], [...list]];

// === objects with accessors and closures
const make = (n) => ({ get n() { return n }, set n(v) { n = v }, inc: () => ++n });
const a = make(1), b = make(await p.read(10));
a.inc();
await p.write(a.n);
b.n = a.n + b.inc();
await p.read(0);
return [a.n, b.n, a.inc(), a];

// === frozen and sealed graphs
const deep = Object.freeze({ list: Object.freeze([1, , 3]), inner: Object.seal({ v: 1 }) });
const tuple = Object.preventExtensions([1, 2]);
const out = [];
await p.read(1);
deep.inner.v = 2;
for (const f of [() => deep.list.push(1), () => { deep.x = 1 }, () => { deep.inner.w = 1 }, () => tuple.push(3), () => { tuple[0] = 9 }]) { try { out.push(f()) } catch (e) { out.push(e.name) } }
return [out, deep, tuple, Object.isFrozen(deep.list), Object.isSealed(deep.inner), 1 in deep.list];

// === the same value in several variables and closures
const shared = { n: 0 };
const [a, b] = [{ shared }, { shared }];
const touch = () => ++shared.n;
const set = new Set([a, b, a.shared]);
touch();
await p.read(1);
b.shared.n += 10;
touch();
await p.write(a.shared.n);
return [a.shared === b.shared, shared.n, set.has(shared), set.size, set];

// === a long lived accumulator of mixed values
const seen = new Map();
for (let i = 0; i < 6; i++) {
  const at = new Date(i * 1000);
  seen.set(i % 2 ? `k${i}` : { i }, [at, i / 0 || -0, BigInt(i) ** 20n, /x/gi, undefined, new Error('e' + i), new Uint8Array([i]), new Set([at])]);
  await p.read(i);
}
return [...seen].map(([k, v]) => [k, v, v[7].has(v[0])]);

// === variables of every kind at a wait
let unset;
const nothing = null, text = 'ä😀\u2028\ud800', empty = '', big = -(2n ** 65n), sym = Symbol.for('reg'), wk = Symbol.asyncIterator, fn = parseInt, re = /a\/b/su;
await fastn.sleep(10);
return [unset, nothing, text, text.length, empty, big, sym === Symbol.for('reg'), wk === Symbol.asyncIterator, fn('7'), re, typeof unset];

// === intl objects and web objects at a checkpoint
const nf = new Intl.NumberFormat('en'), q = new URLSearchParams('a=1'), enc = new TextEncoder();
await p.read(1);
q.append('b', nf.format(12345.6));
await p.write(String(q));
return [q.get('b'), [...enc.encode('é')], nf.format(1e6), new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(new Date(0))];

// === closures that share a variable of a block that is left
const fs = [];
{ let hidden = 1; fs.push(() => hidden++, () => hidden); await p.read(hidden) }
{ let hidden = 100; fs.push(() => hidden--, () => hidden); await p.read(hidden) }
fs[0]();
await p.write(fs[1]());
fs[2]();
return [fs[1](), fs[3]()];

// === a timer that is cleared in a later step
let fired = 0;
const t = setTimeout(() => { fired++ }, 4000);
await p.read(1);
clearTimeout(t);
await fastn.sleep(6000);
return fired;
