// === defaults are evaluated only for undefined, in order, and see what is on their left
const log = [];
const d = (x) => (log.push(x), x);
const { a = d('a'), b = d('b'), c = a + d('c') } = await p.read({ a: null, b: 0 });
const [x = d('x'), y = x + 1, z = d('z')] = [undefined, undefined, false];
return [a, b, c, x, y, z, log];

// === a default that is an effect uses variables bound before it
const { id, label = await p.read('label ' + id), tags: [t = await p.read(label)] = [] } = await p.read({ id: 7 });
return [id, label, t];

// === computed keys are evaluated before the default and convert once
const log = [];
const key = (n) => ({ toString() { log.push('key ' + n); return n } });
const { [key('a')]: a = (log.push('default'), 1), [key('b')]: b, ...rest } = await p.read({ b: 2, c: 3 });
return [a, b, rest, log];

// === getters run in the order of the pattern and rest copies own enumerable members
const log = [];
const o = Object.create({ inherited: 1 }, { hidden: { value: 1 } });
for (const k of ['c', 'a', 'b']) Object.defineProperty(o, k, { enumerable: true, get() { log.push(k); return k } });
o[Symbol.for('s')] = 's';
await p.read(0);
const { b, ...rest } = o;
return [b, rest, log, rest.inherited];

// === array patterns take no more than they need and rest takes all
const log = [];
const it = () => { let n = 0; return { [Symbol.iterator]() { return this }, next() { log.push(n); return { value: n++, done: n > 4 } }, return() { log.push('close'); return {} } } };
const [a, , b] = it();
const [c, ...d] = it();
const [] = it();
await p.read(log.length);
return [a, b, c, d, log];

// === destructuring assignment evaluates targets before values are taken
const log = [];
const o = (n) => (log.push('target ' + n), { set v(x) { log.push(`${n} ${x}`) } });
const src = { get a() { log.push('get a'); return 1 }, get b() { log.push('get b'); return 2 } };
({ a: o('x').v, b: o('y').v } = src);
[o('p').v, o('q').v = (log.push('default'), await p.read(9))] = [1];
return log;

// === null and undefined can not be taken apart, other primitives can
const log = [];
try { const { a } = await p.read(null) } catch (e) { log.push(e.name) }
try { const [a] = {} } catch (e) { log.push(e.name) }
try { (({ a }) => a)() } catch (e) { log.push(e.name) }
const { length } = await p.read('text'), { toFixed } = await p.read(5), [c1, c2] = await p.read('ab');
return [log, length, typeof toFixed, c1, c2];

// === swapping and rotating with effects between
let a = 1, b = 2, c = 3;
[a, b, c] = [b, c, await p.read(a)];
const xs = [1, 2, 3];
[xs[0], xs[2]] = [xs[2], xs[0]];
await p.write(xs);
[xs[xs[0] - 2], xs[0]] = ['?', 'first'];
return [a, b, c, xs];

// === parameters taken apart in helpers, with defaults from effects and earlier parameters
async function f({ a, b: { c = a } = {} } = { a: 'none' }, [d, ...e] = [c], g = p.read(`${a}${d}`)) { return [a, c, d, e, await g] }
return [await f(), await f({ a: 1 }), await f({ a: 1, b: { c: 2 } }, 'xyz'), await f(undefined, [], 'g')];

// === patterns in for loops with effects as defaults
const out = [];
for (const [k, { n = await p.read('n' + k) }] of Object.entries({ a: { n: 1 }, b: {} })) out.push([k, n]);
for (let [i, j] = [0, await p.read(3)]; i < j; [i, j] = [i + 1, j - 1]) out.push([i, await p.read(j)]);
for (let { length: l } of ['ab', 'c']) out.push(await p.read(l));
return out;

// === the value of a destructuring assignment is its right side
let a, b;
const src = await p.read({ a: 1, b: 2, c: 3 });
const r = ({ a, ...b } = src);
const s = ([a] = [await p.read(5), 6]);
return [r === src, b, s, a];

// === destructuring from maps, arguments, regular expressions and generators
const [[k, v]] = new Map([['key', await p.read('value')]]);
const [, year, month = 'none'] = /(\d+)-?(\d+)?/.exec(await p.read('in 2026'));
const { groups: { d } } = /(?<d>\d)/.exec(await p.read('x7'));
function* g() { yield* [1, 2, 3] }
const [one, ...more] = g();
return [k, v, year, month, d, one, more];

// === a default that waits
export default async function (ctx) {
  const source = await fastn.connector.probe.read({ b: 2, d: { e: null } });
  const { a = await fastn.connector.probe.read('a'), b = await fastn.connector.probe.read('b'), c = a + b, d: { e = 5, f = await fastn.connector.probe.write([c]) } = {}, g = () => f } = source;
  return [a, b, c, e, f, g(), g.name];
}
// === nothing to take apart
export default async function (ctx) {
  const seen = [];
  for (const v of [undefined, null, 5, 'text', { a: 1 }]) {
    try {
      const { a = await fastn.connector.probe.read(String(v)), length } = v;
      seen.push([a, length]);
    } catch (e) { seen.push(e.name + e.message); }
    try {
      const { b: { a = await fastn.connector.probe.read(String(v)) } } = v;
      seen.push([a]);
    } catch (e) { seen.push(e.name + e.message); }
    try {
      const [x, y = await fastn.connector.probe.read(String(v))] = v;
      seen.push([x, y]);
    } catch (e) { seen.push(e.name + e.message); }
  }
  return seen;
}
// === assignments, keys, getters in order
export default async function (ctx) {
  const order = [];
  const source = { get a() { order.push('a'); return undefined; }, get 'b c'() { order.push('b'); return undefined; }, get d() { order.push('d'); return 4; } };
  let a, b, d, k = 'd';
  const read = async (x) => { order.push('read ' + x); return await fastn.connector.probe.read(x); };
  ({ a = await read(1), 'b c': b = await read(2), [k]: d = await read(3) } = source);
  ({ a: [a = 3, b = await read(4)] = await read([undefined, undefined]) } = {});
  return [a, b, d, order];
}
// === dead zone, constants and loops
export default async function (ctx) {
  const out = [];
  const fixed = 1;
  try { ({ fixed = await fastn.connector.probe.read(2) } = {}); } catch (e) { out.push(e.message); }
  for (let i = 0; i < 3; i++) {
    const { n = await fastn.connector.probe.read(i), m = (() => n)() } = i === 1 ? { n: 'one' } : {};
    out.push(() => [n, m]);
  }
  try { const { p = q, q = await fastn.connector.probe.read(2) } = {}; out.push(p); } catch (e) { out.push(e.name + e.message); }
  var { s = await fastn.connector.probe.read(s) } = {};
  return [s, out.map((f) => typeof f === 'function' ? f() : f)];
}
// === with rest, own iterators and members they stay one step
const holder = {};
export default async function (ctx) {
  const { a = await fastn.connector.probe.read(1), ...rest } = { b: 2 };
  const [x = await fastn.connector.probe.read(2), y] = [undefined, 3];
  ({ z: holder.z = await fastn.connector.probe.read(4) } = {});
  const { [await fastn.connector.probe.read('k')]: key = 7 } = { k: 1 };
  return [a, rest, x, y, holder, key];
}
// === helpers in defaults
async function owner(id) {
  const found = await fastn.connector.probe.read({ id });
  if (found.id > 2) throw new RangeError('no owner ' + id);
  return found;
}
export default async function (ctx) {
  const { lead: { owner: who = await owner(1) } = {}, next = await owner(3) } = await fastn.connector.probe.read({});
  return [who, next];
}
