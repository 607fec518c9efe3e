// === background work started before a later operand waits
async function dive(d) { if (!(d > 0)) return 0; return (await dive(d - 1)) + (await fastn.connector.probe.read(0)); }
export default async function () {
return await Promise.race([dive(2), fastn.connector.probe.write(await fastn.connector.probe.read(1))]);
}

// === a stored promise with a handler in a block
const out = [];
try { const q = p.read(1).finally(() => { out.push('finally') }); out.push('next') } catch { await p.read(3) }
out.push('y');
await p.write(2);
return out;

// === a handler makes a call after the call of main
const q = Promise.resolve(4).then((n) => p.write(n));
await p.read(1);
return await q;

// === an object literal with a method waits in a loop
const out = [];
for (let i = 0; i < 3; i++) { out.push({ a: await Promise.resolve(3), m() { return i } }); await p.read(i) }
return out.map((o) => o.m() + o.a);

// === recursive closure in a loop
const out = [];
for (const e of [1, 2]) {
  const run = async (i) => (i === 0 ? [await p.read(e)] : run(i - 1));
  const fac = (n) => n < 2 ? n : n * fac(n - 1);
  out.push(await run(2), fac(e + 2));
}
return out;

// === head of a loop sees itself
let y = [1];
try { for (const y of y) await p.read(y) } catch (e) { await p.write(e.name) }
try { for (const z of [z]) await p.read(z) } catch (e) { return e.name }

// === pool joined, then steps go on
const queue = [1, 2, 3, 4, 5];
const done = [];
await p.read('start');
const worker = async () => { while (queue.length) { const x = queue.shift(); done.push(await p.write(x)); } };
const workers = [];
for (let i = 0; i < 2; i++) workers.push(worker());
const note = 'between';
await p.read(note);
await Promise.all(workers);
await p.write('end');
if (done.length > 2) return done;
return await p.read('never');

// === background with return in the middle
const log = [];
const t = (async () => { await p.read(1); log.push('a'); await p.read(2); log.push('b'); })();
if (ctx.input) return 'early';
log.push(await p.read(3));
await t;
await p.write('x');
return log;

// === floating work to the end
const log = [];
p.read(0).then(async (v) => { log.push(v); await p.write('bg'); log.push('bg done'); });
log.push('main');
for (const i of [1, 2]) { log.push(await p.read(i)); if (log.length > 9) break; }
return log;

// === all rejected early inside try
async function two(n) { await p.read(n); if (n === 1) throw new Error('one'); await p.read(n + 10); return n; }
try { await Promise.all([two(1), two(2)]); } catch (e) { await p.write(e.message); }
await p.write('after');
return 1;

// === timer in main
let hit = 0;
setTimeout(() => { hit++; }, 5);
await p.read(1);
await new Promise((r) => setTimeout(r, 20));
return hit;

// === sleep helper
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
await p.read(1);
await sleep(1000);
return await p.read(2);

// === unknown callee is read before arguments
export default async function () {
  const out = [];
  try { if (missing(await fastn.connector.probe.read(1))) out.push(1); } catch (e) { out.push(e.message); }
  try { missing[await fastn.connector.probe.read(2)] = 1; } catch (e) { out.push(e.message); }
  try { return [out, `${missing}${await fastn.connector.probe.read(3)}`]; } catch (e) { out.push(e.message); }
  try { out.push(Math.max(await fastn.connector.probe.read(4), 1), other + await fastn.connector.probe.read(5)); } catch (e) { out.push(e.message); }
  return out;
}

// === a captured parameter of a laid-out helper with a hoisted function
const p = fastn.connector.probe; export default async function () { async function h(a) { async function rec(n) { return n > 0 ? a + (await rec(n - 1)) : 0 } return await rec(await p.read(2)) } for (const v of ['x', 'y']) { console.log(await h(v)) } }

// === tied statements keep their semicolons
const p = fastn.connector.probe; export default async function () { const h = () => { const e = async () => { await p.read(1); throw 2 }; let o = null; o.x &&= e() }; try { h() } catch (e) { console.log(e.name) } let obj = { a: 1 }; return (await p.read(7), obj).a }

// === a var statement inside a loop that stays whole keeps its semicolon
const out = [];
for (const x of { [Symbol.iterator]: () => { let n = 2; return { next: () => ({ done: n-- <= 0, value: n }), return() { out.push('closed'); return {} } } } }) {
  var n = await p.read(0), m
  ;({});
  for (var k = 0, j; k < 1; k++) { var z }
  if (n) var q; else var r = 5
}
return [out, r];

// === an own thenable is called behind an await with nothing after it
const p = fastn.connector.probe; export default async function () { let a = 1; (await p.read(1), (async () => { await { then(r) { console.log('then', a); r() } } })()); a = 3; console.log('end') }

// === a microtask begun at a step border runs when main waits
const p = fastn.connector.probe; export default async function () { let a = 'foo'; const bg = async () => { await 0; console.log(a) }; if (await p.read(true)) { bg() } a = 'bar' }

// === setImmediate
return await new Promise((resolve) => setImmediate(() => resolve(5)));
