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
