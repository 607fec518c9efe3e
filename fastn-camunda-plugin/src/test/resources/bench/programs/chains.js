// === then with two handlers: the second does not see errors of the first
const log = [];
const r = await p.read(1).then((v) => { log.push(v); throw new Error('first') }, () => 'never').catch((e) => e.message);
const s = await p.fail('x').then(() => 'never', (e) => 'handled ' + e.message);
return [r, s, log];

// === then without functions passes the value and the error on
const a = await p.read(1).then().then(null).then(undefined, undefined).then(5);
const b = await p.fail('kept').then((x) => x).catch(null).catch((e) => e.message);
return [a, b];

// === the value of finally is ignored but its errors and promises count
const log = [];
const a = await p.read('a').finally(() => 'ignored');
const b = await p.read('b').finally(() => p.write('waited')).then((x) => (log.push('after'), x));
const c = await p.read('c').finally(() => { throw new Error('from finally') }).catch((e) => e.message);
const d = await p.fail('d').finally((...args) => log.push(args.length)).catch((e) => e.message);
return [a, b, c, d, log];

// === a chain may return thenables and promises of promises
const a = await p.read(1).then((x) => ({ then(ok) { ok(x + 1) } }));
const b = await p.read(1).then((x) => Promise.resolve(Promise.resolve(p.read(x + 10))));
const c = await p.read(1).then((x) => ({ then: x }));
return [a, b, c];

// === catch in the middle lets the chain go on
const log = [];
const r = await p.fail('one').catch((e) => { log.push(e.message); return p.read('repaired') }).then((v) => p.write(v + '!')).then((v) => { log.push(v); return log.length });
return [r, log];

// === a handler that is a method or a built-in
const out = [];
const r = await p.read([3, 1, 2]).then(Array.from).then((xs) => xs.sort()).then(JSON.stringify);
await p.read('pushed').then(out.push.bind(out));
return [r, out, await p.read('7').then(Number), await p.read(null).then(Boolean)];

// === two chains on one promise both run
const base = p.read(1);
const a = base.then((x) => x + 1), b = base.then((x) => { throw new Error('b' + x) });
const c = await b.catch((e) => e.message);
return [await a, c, await base];

// === a chain inside a helper that is called twice
const get = (x) => p.read(x).then((v) => (v < 0 ? Promise.reject(new RangeError('negative')) : v)).catch((e) => { if (e instanceof RangeError) return 0; throw e });
return [await get(5), await get(-5)];

// === await in the handlers of a chain
const r = await p.read([1, 2]).then(async (xs) => { let sum = 0; for (const x of xs) sum += await p.read(x * 10); return sum }).then(async (s) => s + (await p.read(1)));
return r;

// === a conditional chain
let q = p.read(ctx.input);
if (ctx.input > 1) q = q.then((x) => p.write(x * 2));
q = q.then((x) => [x]).catch(() => 'never');
return await q;
// input: 1
// input: 2

// === errors thrown in a chain that is awaited in a try
const log = [];
try { await p.read(1).then((x) => x.missing.deep) } catch (e) { log.push(e.name) }
try { await p.read(1).then(() => { throw 'text' }).finally(() => log.push('f')) } catch (e) { log.push(e) }
return log;

// === the workflow itself returns a chain
export default function (ctx) {
  const p = fastn.connector.probe;
  return p.read(ctx.input).then((x) => (x > 1 ? p.write(x) : 'small')).then((r) => ({ r }), (e) => e.message);
}
// input: 1
// input: 3

// === a promise constructor around an effect with both ways out
const wrap = (x) => new Promise((resolve, reject) => { p.read(x).then((v) => (v > 1 ? resolve(v) : reject(new Error('small')))) });
const out = [await wrap(5)];
try { await wrap(1) } catch (e) { out.push(e.message) }
return out;

// === resolve and reject count only once, and throwing in the executor rejects
const a = await new Promise((resolve, reject) => { resolve(1); resolve(2); reject(new Error('late')); throw new Error('later') });
const b = await new Promise(() => { throw new TypeError('in executor') }).catch((e) => e.name);
const c = await new Promise((resolve) => resolve(p.read('inner')));
return [a, b, c];

// === promises of a loop chained by reduce
const order = [];
const total = await ['a', 'b', 'c'].reduce((last, x, i) => last.then((n) => p.read(x).then((v) => { order.push(v); return n + i })), Promise.resolve(0));
return [total, order];

// === a workflow that is no async function returns a chain
export default function (ctx) {
  const p = fastn.connector.probe;
  const log = [];
  return p.read(1)
    .then(function (v) { if (v > 5) throw new Error('big'); return p.read(v + 1); })
    .then((v) => Promise.all([v, p.read(10), p.read(20).catch(() => null)]))
    .then((vs) => p.write(vs).then(function () { return vs; }))
    .catch((e) => { if (e.message !== 'big') throw e; return p.write('c').then((x) => ({ x })); })
    .finally(() => { log.push('end'); console.log(log.join()); });
}

// === a workflow that is no async function throws and returns plain values
// input: 1
// input: 0
export default function (ctx) { if (ctx.input) return { a: 1 }; throw new RangeError('no'); }

// === a try in a function that is not async does not catch what it returns
export default function (ctx) { try { return fastn.connector.probe.fail('x'); } catch (e) { return 'never'; } }

// === function literals that await all their effects themselves
const p = fastn.connector.probe;
const retry = async (f) => { for (let i = 0; i < 3; i++) { try { return await f(); } catch (e) { console.log(e.message); } } return 'gave up'; };
export default async function (ctx) {
  const a = await (async () => { const x = await p.read(1); return await p.write(x); })();
  await (async () => { await p.write(2); })();
  const b = await retry(async () => await p.flaky({ key: 'k', times: 1 }));
  return [a, b];
}
