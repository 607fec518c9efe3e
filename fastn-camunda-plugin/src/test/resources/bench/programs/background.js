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
