// === one variable shared by a getter, a setter and a loop that is under way
let cur = 0;
const api = { get: () => cur, set: (v) => { cur = v } };
const out = [];
for (cur of [1, 2, 3]) { out.push(api.get()); await p.read(cur); api.set(cur * 10); out.push(cur) }
return [out, cur, api.get()];

// === closures over variables of three nested loops
const fs = [];
for (const a of [1, 2]) { let sum = 0; for (const b of [10, 20]) { const own = b + a; for (let c = 0; c < 2; c++) { fs.push(() => [a, b, c, own, sum]); sum += await p.read(own) } } }
return fs.map((f) => f().join(' '));

// === a closure in the head of a for loop sees the variables of the first iteration
let first;
const later = [];
for (let i = 0, get = () => i; i < 3; i++) { first ??= get; later.push(() => i); await p.read(i) }
return [first(), later.map((f) => f())];

// === closures in conditions and updates of a for loop
const tests = [], updates = [];
for (let i = 0; tests.push(() => i), i < 2; updates.push(() => i), i++) await p.read(i);
return [tests.map((f) => f()), updates.map((f) => f())];

// === counters made by a factory keep apart, also after a wait
const make = (n = 0) => ({ up: () => ++n, get value() { return n } });
const a = make(), b = make(await p.read(10));
a.up(); a.up();
await p.write(b.up());
await fastn.sleep(10);
b.up();
return [a.value, b.value, a.up()];

// === a closure keeps the block of an iteration that was left by continue or break
const fs = [];
for (const x of [1, 2, 3, 4]) { let kept = 'k' + x; fs.push(() => (kept += '+')); if (x === 2) continue; if (x === 4) break; kept = await p.read(kept) }
fs[0]();
return fs.map((f) => f());

// === closures over catch parameters and finally blocks
const fs = [];
for (const x of [1, 2]) {
  try { await p.fail('m' + x) } catch (e) { let n = x; fs.push(() => `${e.message} ${n++}`); e = { message: 'changed ' + e.message } } finally { const f = x; fs.push(() => f) }
}
fs[0]();
return fs.map((f) => f());

// === callbacks kept by an object call back after other effects
const bus = { on: {}, listen(k, f) { (this.on[k] ??= []).push(f) }, async emit(k, x) { for (const f of this.on[k] ?? []) await f(x) } };
const log = [];
let count = 0;
bus.listen('a', (x) => { log.push(x); count++ });
bus.listen('a', async (x) => { log.push(await p.read(x + '!')); count += 10 });
await bus.emit('a', 'one');
await p.write(count);
await bus.emit('a', 'two');
return [log, count];

// === compose and curry with effects inside
const compose = (...fs) => (x) => fs.reduceRight(async (acc, f) => f(await acc), x);
const add = (n) => async (x) => x + (await p.read(n));
const twice = (f) => async (x) => f(await f(x));
return [await compose(add(1), (x) => x * 2, twice(add(10)))(0)];

// === var in loops is shared by all closures
var fs = [];
for (var i = 0; i < 3; i++) { var v = await p.read(i * 2); fs.push(() => [i, v]) }
return fs.map((f) => f());

// === a memoised recursive function lives across steps
const memo = new Map();
const fib = (n) => (n < 2 ? n : (memo.get(n) ?? (memo.set(n, fib(n - 1) + fib(n - 2)), memo.get(n))));
const a = fib(await p.read(10));
await p.write(memo.size);
return [a, fib(20), memo.size];
