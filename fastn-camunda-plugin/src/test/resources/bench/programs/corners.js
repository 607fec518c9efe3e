// === iterators are closed on every way out of a loop
const closed = [];
const source = (name, fail) => ({ [Symbol.iterator]() { let n = 0; return { next: () => ({ done: n >= 3, value: n++ }), return() { closed.push(name); if (fail) throw new Error('return ' + name); return {} } } } });
for (const x of source('all')) await p.read(x);
for (const x of source('break')) { await p.read(x); break }
outer: for (const y of [1, 2]) for (const x of source('continue' + y)) { await p.read(x); continue outer }
try { for (const x of source('throw')) { await p.read(x); throw new Error('t') } } catch (e) { closed.push(e.message) }
try { for (const x of source('both', true)) { await p.read(x); throw new Error('wins') } } catch (e) { closed.push(e.message) }
try { for (const x of source('bad', true)) { await p.read(x); break } } catch (e) { closed.push(e.message) }
try { for (const x of source('fail')) await p.fail('f' + x) } catch (e) { closed.push(e.message) }
const leave = async () => { for (const x of source('return')) { await p.read(x); return 'left' } };
closed.push(await leave());
for (const x of source('main')) { if (await p.read(x === 1)) return closed }

// === iterators that break the rules
const out = [];
const bad = [{ [Symbol.iterator]: () => 5 }, { [Symbol.iterator]: () => ({ next: () => 5 }) }, { [Symbol.iterator]: () => ({}) }, { [Symbol.iterator]: 1 }, { [Symbol.iterator]() { throw new Error('no') } }, { [Symbol.iterator]: () => ({ next() { throw new Error('next') }, return() { out.push('never') } }) }];
for (const it of bad) { try { for (const x of it) await p.read(x) } catch (e) { out.push([e.name, e.message]) } }
return out;

// === array destructuring closes its iterator and takes only what it needs
const log = [];
const it = () => { let n = 0; return { [Symbol.iterator]() { return this }, next() { log.push('next'); return { done: false, value: n++ } }, return() { log.push('return'); return {} } } };
const [a, b = await p.read('never'), , d] = it();
const [] = it();
let q;
[q, ...{ length: q }] = [1, 2, 3];
try { const [x = await p.fail('default')] = [undefined] } catch (e) { log.push(e.message) }
return [a, b, d, q, log];

// === operators around effects
const o = { n: 1, k: 'n', list: [1, 2, 3] };
const key = async (k) => await p.read(k);
return [
  typeof (await p.read('x')), void (await p.read(0)), !(await p.read(0)), -(await p.read(5)), ~(await p.read(1)), +(await p.read('7')),
  'n' in (await p.read({ n: 1 })), (await p.read([])) instanceof Array, delete o[await key('k')], o[await key('n')]++, ++o[await key('n')], o.list[(await key(1)) + 1],
  (await p.read(2)) ** 3, (await p.read(1), await p.read(2)), o, new (class { constructor(v) { this.v = v } })(await p.read('new')), new Map(await p.read([['a', 1]])),
  (await p.read([1, 2, 3])).map((x) => x * 2).filter(Boolean).length, `${await p.read('a')}${`${await p.read('b')}`}`, (await p.read(null))?.x ?? 'none', (await p.read({ f: { g: 1 } })).f.g,
];

// === class bodies with effects in heritage and keys
const mix = async (name) => class { [name]() { return name } };
class A extends (await mix(await p.read('base'))) { static s = 1; [await p.read('key')]() { return super.base() + this.#p } #p = '!'; static { A.s += 41 } field = () => this.#p + A.s }
const a = new A();
await p.write(A.s);
return [a.key(), a.base(), a.field(), A.s, Object.getOwnPropertyNames(A.prototype)];

// === class fields that are async arrows
class Service { base = 'b'; load = async (x) => (await p.read(this.base + x)).toUpperCase(); static shared = async () => await p.write('static'); async *pages() { yield await p.read(1); yield await p.read(2) } }
const s = new Service();
const { load } = s;
const first = await load(1);
s.base = 'c';
const out = [];
for await (const x of s.pages()) out.push(x);
return [first, await load(2), await Service.shared(), out];

// === super in object literals, new.target and getters on prototypes
const base = { async greet(x) { return `hi ${await p.read(x)}` }, get kind() { return 'base' } };
const derived = { __proto__: base, async greet(x) { return (await super.greet(x)) + '!' }, get kind() { return super.kind + '+' } };
function Old(x) { if (!new.target) return new Old(x); this.x = x }
const r = await derived.greet('bob');
await p.write(r);
return [r, derived.kind, Old(1) instanceof Old, new Old(await p.read(2)).x];

// === the parameter of the workflow is assigned, captured and shadowed
const before = ctx;
const get = () => ctx;
ctx = await p.read({ input: 'other' });
{ const ctx = await p.read('inner'); await p.write(ctx) }
for (const ctx of [1]) await p.read(ctx);
return [get(), before === ctx, arguments[0] === before, typeof before.input];

// === default parameters have their own scope
let x = 'outer';
async function f(a = () => x, b = (x = 'param', await0), x) { var y = x; x = 'body'; return [a(), y, x, typeof b] }
const await0 = 1;
const g = async (v = await1('d'), w = v + v) => [v, await w];
const await1 = (t) => 'default ' + t;
await p.read(1);
return [await f(), await g(), await g(await p.read('given')), x];

// === typeof, delete and reads in the dead zone
const out = [];
for (const f of [() => typeof later, () => later, () => { later = 1 }, () => typeof nowhere, () => fn2(), () => new Cls()]) { try { out.push(await p.read(f() ?? 'nothing')) } catch (e) { out.push(e.name) } }
let later = await p.read('now');
const fn2 = () => later;
class Cls {}
try { const self = (await p.read(1)) + self } catch (e) { out.push(e.name) }
return [out, later, fn2(), typeof Cls];

// === functions in blocks and names used twice
const out = [];
if (await p.read(true)) { out.push(inBlock()); function inBlock() { return 'block' } await p.read(inBlock()) }
out.push(typeof inBlock);
switch (1) { case 0: function inSwitch() { return 's' } case 1: out.push(await p.read(inSwitch())) }
{ let x = 1; { let x = 2; out.push(await p.read(x)); { const x = 3; out.push(() => x) } } out.push(x) }
var x = 'var';
out[4] = out[4]?.() ?? out[4];
return [out.map((v) => (typeof v === 'function' ? v() : v)), x];

// === loops without bodies and with everything in the head
let n = 0;
while (n++, (await p.read(n)) < 3);
for (let i = 0, s = ''; (s += i), i < 3; await p.write(s), i++);
do ; while (await p.read(n++ < 5));
for (const x of await p.read([1, 2])) ;
for (var v in await p.read({ a: 1, b: 2 })) n += v.length;
for (const k in null) await p.write('never');
for (const k in 'ab') n += await p.read(k.length);
return [n, v];

// === for in over inherited, added, deleted and shadowed keys
const proto = { inherited: 1, shadowed: 2 };
const o = Object.create(proto, { hidden: { value: 0 }, shadowed: { value: 3, enumerable: false } });
Object.assign(o, { b: 1, 2: 'two', a: 1, 1: 'one' });
const seen = [];
for (const k in o) { if (k === '1') { delete o.b; o.added = 1 } if (k === 'a') delete proto.inherited; seen.push(await p.read(k)) }
return seen;

// === a condition that throws in loops and ifs is caught around them
const out = [];
const boom = async (x) => { if (await p.read(x)) throw new Error('boom ' + x); return false };
try { while (!(await boom(0))) { await boom(1) } } catch (e) { out.push(e.message) }
try { if (await boom(2)) await p.write('never') } catch (e) { out.push(e.message) } finally { out.push('f') }
try { for (; await boom(3);) ; } catch (e) { out.push(e.message) }
try { switch (await boom(4)) { case await boom(5): } } catch (e) { out.push(e.message) }
try { do { out.push('body') } while (null.x || (await p.read(1))) } catch (e) { out.push(e.name) }
return out;

// === return with effects inside nested loops, switch and finally
for (const a of [1, 2]) {
  try {
    for (let b = 0; ; b++) {
      switch (a + b) {
        case 3: try { return await p.write(`${a}${b}`) } finally { console.log('in', a, b); if (ctx.input) continue }
        case 5: return await p.read('second');
        default: await p.read(b);
      }
    }
  } finally { console.log('out', a); await p.write('cleanup') }
}
// input: true
// input: false

// === a label on every statement and jumps that cross them
const log = [];
one: two: for (const x of [1, 2, 3]) {
  three: { if (x === 2) break three; four: if (await p.read(x === 3)) break four; log.push(x) }
  five: try { if (x === 1) continue two; if (x === 3) break one } finally { six: { log.push('f' + x); break six } }
  log.push('bottom' + x);
}
seven: await p.write(log.length);
return log;

// === getters and setters run in the order of the text
const log = [];
const t = (n, v) => ({ get p() { log.push('get ' + n); return v }, set p(x) { log.push(`set ${n} ${x}`) } });
const a = t('a', 1), b = t('b', 2);
a.p = b.p = await p.read(a.p + b.p);
[a.p, b.p] = [b.p, await p.read(a.p)];
({ x: a.p = b.p, ...b.rest } = await p.read({ y: 1 }));
a.p += b.p;
a[(log.push('key'), 'p')] = (log.push('right'), await p.read(9));
return [log, b.rest];

// === the this of calls whose arguments are effects
class Api { constructor(name) { this.name = name } call(x) { return `${this?.name} ${x}` } get next() { return new Api(this.name + '>') } }
const api = new Api('a'), o = { api, call: api.call, name: 'o' };
const { call } = api;
const out = [api.call(await p.read(1)), o.api.next.next.call(await p.read(2)), o.call(await p.read(3)), o['call'](await p.read(4)), (o.call)(await p.read(5)), api.call.call(o, await p.read(6)), o?.call?.(await p.read(7))];
try { out.push(call(await p.read(8)), (0, o.call)(await p.read(9))) } catch (e) { out.push(e.name) }
return out;

// === strict mode everywhere
const out = [];
for (const f of [() => { undeclared = 1 }, () => { NaN = 1 }, () => { 'abc'.length = 1 }, () => { delete Object.prototype }, () => { (function () { return this.x })() }]) { try { await p.read(1); f(); out.push('none') } catch (e) { out.push(e.name) } }
function dup(a) { arguments[0] = 'changed'; return a }
return [out, dup('kept'), (function () { return typeof this })()];

// === unicode and escapes in names and texts
const \u0061b = await p.read('\u{1F600}\x41\0');
const ärger = { 'ключ': 1, '\n': 2 }, 变量 = ab.length;
await p.write(ärger);
return [ab, ärger.ключ, 变量, `line
break ${'`'}\\`, String.raw`\n${1}`, '</script>]]>&amp;<!--'];

// === comments, semicolons and regular expressions in odd places
const a = await p.read(4) // comment with await p.read(5)
const b = a / 2 /* / */ / 1
const re = /[/]await p\.read/g;; ;
const c = (await p.read(1))
  /* in the middle */ .toString() // end
let i = 1
i
++
i
return [a, b, re.source, c, i, a /b/ 1]

// === several calls under way while the workflow goes on
const log = [];
const job = (async () => { for (let i = 0; i < 3; i++) log.push(await p.read('job' + i)) })();
log.push(await p.write('main'));
await job;
return log;

// === a background helper with two calls, awaited later
const log = [];
const sync = async (name) => { log.push(await p.read(name)); await p.write(name + '!') };
const first = sync('a');
await p.write('between');
await sync('b');
await first;
return log;

// === a timer that fires while the workflow does something else
let fired = 0;
setTimeout(() => { fired++ }, 0);
await p.read(1);
await fastn.sleep(50);
return fired;
