// === all, allSettled, race and any in one workflow
const all = await Promise.all([p.read(1), 2, p.write(3), Promise.resolve(4)]);
const settled = await Promise.allSettled([p.read(1), p.fail('x'), Promise.reject(new Error('r')), 5]);
const any = await Promise.any([p.fail('a'), p.read('b')]);
const race = await Promise.race([p.read('first'), new Promise(() => {})]);
return [all, settled.map((s) => s.value ?? s.reason.message), any, race];

// === all with a failing call goes to the catch and the others still happen
const log = [];
try { await Promise.all([p.write(1).then(() => log.push('w1')), p.fail('no'), p.write(2)]) } catch (e) { log.push(e.message) }
await p.write('after');
return log.sort();

// === parallel writes by map, results in order
const ids = await p.read([3, 1, 2]);
const out = await Promise.all(ids.map(async (id, i) => ({ id, i, r: await p.write(id), s: await p.read(id * 2) })));
await p.write(out.length);
return out;

// === promises stored in an object and awaited in other order
const jobs = { a: p.read('a'), b: p.write('b'), c: p.slow({ ms: 5, value: 'c' }) };
const c = await jobs.c;
const [a, b] = [await jobs.a, await jobs.b];
return [a, b, c, await jobs.a];

// === a call that is never awaited
p.write('forgotten');
const a = await p.read(1);
p.write('forgotten too').then((v) => console.log('done', v));
return a;

// === a call that is never awaited and fails
p.fail('nobody listens').catch((e) => console.log('handled', e.message));
await p.read(1);
return 'ok';

// === promise chains with then, catch and finally
const log = [];
const v = await p.read(1)
  .then((x) => p.read(x + 1))
  .then((x) => { log.push(x); throw new Error('mid') })
  .catch((e) => p.write(e.message))
  .finally(() => { log.push('fin'); return 'ignored' })
  .then((x) => [x], () => 'never');
await p.write(log);
return [v, log];

// === a chain that is built in steps
let chain = p.read('a');
chain = chain.then((x) => x + 'b');
await p.write('between');
chain = chain.then(async (x) => x + (await p.read('c')));
return await chain;

// === a chain in a loop: one after the other
let last = Promise.resolve(0);
for (const x of [1, 2, 3]) last = last.then(async (sum) => sum + (await p.read(x)));
return await last;

// === new Promise around effects
const v = await new Promise((resolve, reject) => { p.read(1).then((x) => (x ? resolve(p.read('inner')) : reject(new Error('no')))) });
try { await new Promise((_, reject) => reject(new TypeError(v))) } catch (e) { return [v, e.name, e.message] }

// === deferred promises that an other step settles
let release;
const gate = new Promise((resolve) => { release = resolve });
const waiting = (async () => { const v = await gate; return v + (await p.read('w')) })();
await p.read(1);
release('go ');
return await waiting;

// === thenables and awaiting plain values
const thenable = { then(resolve) { resolve('thenable') } };
const a = await thenable;
const b = await { then: 5 };
const c = await p.read(await (await 1));
return [a, b, c, await null, await undefined];

// === withResolvers and a queue of workers
const queue = [1, 2, 3, 4, 5];
const done = [];
const worker = async (name) => { while (queue.length) { const x = queue.shift(); done.push(await p.write(x)) } };
await Promise.all([worker('a'), worker('b')]);
const { promise, resolve } = Promise.withResolvers();
resolve(await p.read('r'));
return [done.sort(), await promise];

// === a concurrency limit by hand
const limit = 2, results = [], running = new Set();
for (const x of [1, 2, 3, 4]) {
  const job = p.slow({ ms: 3, value: x }).then((v) => { results.push(v); running.delete(job) });
  running.add(job);
  if (running.size >= limit) await Promise.race(running);
}
await Promise.all(running);
return results.sort();

// === array callbacks with effects
const xs = await p.read([1, 2, 3]);
const mapped = await Promise.all(xs.map((x) => p.read(x * 2)));
const kept = [];
for (const x of xs) if (await p.read(x > 1)) kept.push(x);
const sum = await xs.reduce(async (acc, x) => (await acc) + (await p.read(x)), Promise.resolve(0));
xs.forEach(async (x) => { await p.write(x) });
const some = xs.some(async (x) => await p.read(false));
const sorted = [...xs].sort(async () => 0);
return [mapped, kept, sum, some, sorted];

// === flatMap, entries and nested maps with effects
const groups = { a: [1, 2], b: [3] };
const flat = (await Promise.all(Object.entries(groups).map(async ([k, vs]) => await Promise.all(vs.map(async (v) => await p.read(k + v)))))).flat();
return Object.fromEntries(await Promise.all(flat.map(async (s) => [s, (await p.read(s)).length])));

// === timers, sleeps and effects together
const log = [];
setTimeout(() => log.push('timer'), 0);
await p.read(1);
await fastn.sleep(20);
log.push('slept');
const winner = await Promise.race([fastn.sleep(30).then(() => 'slow'), p.read('fast')]);
return [log.filter((x) => x === 'slept'), winner];

// === a timeout around an effect
const withTimeout = (promise, ms) => { let t; return Promise.race([promise, new Promise((_, no) => { t = setTimeout(() => no(new Error('timeout')), ms) })]).finally(() => clearTimeout(t)) };
const ok = await withTimeout(p.read('in time'), 2000);
try { await withTimeout(new Promise(() => {}), 5); return 'never' } catch (e) { return [ok, e.message, await p.write('end')] }

// === waits in loops, by number and by date
let polls = 0;
while ((await p.count()) < 3) { await fastn.sleep(1000 * ++polls) }
await fastn.sleep(new Date(Date.now() + 60_000));
await fastn.sleep(0);
return polls;

// === a wait of a wrong kind is an error that can be caught
try { await fastn.sleep('soon') } catch (e) { await p.write(e.name); return e.name }

// === microtask order around calls
const log = [];
queueMicrotask(() => log.push('micro'));
Promise.resolve().then(() => log.push('then'));
log.push('sync');
await p.read(1);
log.push('after');
await null;
log.push('end');
return log;

// === top level values and counters that differ each call
const a = await p.count();
const b = await p.count();
if (b > a) await p.write([a, b]);
const c = (await p.count()) - (await p.count());
return [b > a, c < 0];
