// === gen
async function* pages() {
  let cursor = 0;
  while (true) {
    const page = await fastn.connector.probe.read({ cursor, items: [cursor, cursor + 1] });
    yield page.items;
    cursor += 2;
    if (cursor > 4) return;
  }
}
export default async function (ctx) {
  const out = [];
  for await (const items of pages()) {
    for (const item of items) {
      await fastn.connector.probe.write(item);
      out.push(item);
    }
  }
  return out;
}

// === gen break continue return labels and closures
function* numbers(n) {
  for (let i = 0; i < n; i++) { yield i; }
  return 'ignored';
}
export default async function (ctx) {
  const out = [];
  const fs = [];
  outer: for (const a of [10, 20, 30]) {
    for (const n of numbers(5)) {
      fs.push(() => n + a);
      if (n === 1) continue;
      if (n === 3 && a === 10) continue outer;
      if (n === 4 && a === 20) break outer;
      out.push(await fastn.connector.probe.write(n + a));
    }
  }
  try {
    for await (const { x } of (async function () {}, [Promise.resolve({ x: 1 }), { x: 2 }])) out.push(x, await fastn.connector.probe.read(x));
  } catch (e) { out.push(e.message) }
  return [out, fs.map((f) => f())];
}

// === for await over promises, one fails
export default async function (ctx) {
  const out = [];
  try {
    for await (const r of [fastn.connector.probe.read(1), 5, fastn.connector.probe.fail('no'), 7]) {
      out.push(r, await fastn.connector.probe.write(r));
    }
  } catch (e) { out.push(e.message, await fastn.connector.probe.write('caught')); }
  return out;
}

// === two yields
async function* gen(a, { b = 2 } = {}) { yield a; const r = await fastn.connector.probe.read(b); yield r; }
export default async function (ctx) {
  let sum = 0;
  for await (const v of gen(1)) sum += v;
  for await (const v of gen(5, { b: 7 })) { sum += v; if (sum > 8) break; }
  await fastn.connector.probe.write(sum);
  return sum;
}

// === generator object used twice
function* gen() { yield 1; yield 2; yield 3; }
export default async function (ctx) {
  const g = gen();
  const out = [];
  for (const v of g) { out.push(v); await fastn.connector.probe.write(v); break; }
  out.push(g.next());
  return out;
}

// === mixed use of helper
export default async function (ctx) {
  const log = [];
  const save = async (x, y = x + 1) => { const a = await fastn.connector.probe.read(x); log.push(() => a + x); return fastn.connector.probe.write(a + y); };
  const a = await save(1);
  const b = await save(2, 5);
  const all = await Promise.all([7, 8].map((n) => save(n)));
  return [a, b, all, log.map((f) => f())];
}

// === object api with this and var
const api = {
  base: 10,
  async get(x) { var n; n = (n || 0) + 1; if (x > 1) { await fastn.connector.probe.read(n); } return (await fastn.connector.probe.read(x + this.base)) + n; },
  async two(x) { try { return await this.get(x); } finally { console.log('two', x); } },
};
export default async function (ctx) {
  const a = await api.get(1), b = await api.get(2), c = await api.two(3);
  return [a, b, c, await api.two(4)];
}

// === argument order
export default async function (ctx) {
  const o = { n: 1 };
  async function add(a, b, c) { o.n++; const x = await fastn.connector.probe.read(a + b + c); return x + (await fastn.connector.probe.read(o.n)); }
  const r = await add(o.n, await add(o.n, o.n++, o.n), o.n);
  return [r, o.n, await add(1, 2, 3)];
}

// === helper recursion mutual
async function even(n) { if (n === 0) return true; await fastn.connector.probe.read(n); return odd(n - 1); }
async function odd(n) { if (n === 0) return false; await fastn.connector.probe.read(n); return even(n - 1); }
export default async function (ctx) { return [await even(3), await odd(3)]; }

// === tail return of helper in try
async function h(x) { if (x) return fastn.connector.probe.fail('f'); const y = await fastn.connector.probe.read(1); return fastn.connector.probe.read(y); }
export default async function (ctx) {
  try { return await h(true); } catch (e) { await fastn.connector.probe.write(e.message); }
  try { return h(true); } catch (e) { return 'never'; }
}

// === tail return
async function h(x) { const y = await fastn.connector.probe.read(x); if (y > 1) return fastn.connector.probe.read(y); return -y; }
export default async function (ctx) {
  if (await h(1)) return h(5);
  return h(0);
}

// === chains
export default async function (ctx) {
  const a = await fastn.connector.probe.read(1).then((r) => r + 1);
  const b = await fastn.connector.probe.fail('x').catch(() => null);
  const c = await fastn.connector.probe.fail('x').catch(async (e) => { await fastn.connector.probe.write(e.message); return 3; });
  const d = await fastn.connector.probe.read(1).then((r) => fastn.connector.probe.write(r)).finally(() => { console.log('fin') });
  return [a, b, c, d];
}

// === chain then with two handlers, catch behind, finally that throws
export default async function (ctx) {
  const log = [];
  const p = fastn.connector.probe;
  const a = await p.fail('one').then((v) => v, (e) => 'r ' + e.message);
  const b = await p.read(2).then((v) => { throw new Error('in then ' + v); }, () => 'never').catch((e) => e.message);
  try {
    await p.fail('three').finally(() => { log.push('f'); });
  } catch (e) { log.push(e.message); }
  try {
    await p.read(4).finally(async () => { await p.write('cleanup'); throw new TypeError('from finally'); });
  } catch (e) { log.push(e.name, e.message); }
  const c = await p.read(5).then(null, undefined).catch().then((v) => v * 2);
  return [a, b, c, log];
}

// === chain arguments that fail are not caught
export default async function (ctx) {
  const o = {};
  try { await fastn.connector.probe.read(o.a.b).catch(() => 'caught'); return 'wrong'; } catch (e) { return [e.name, await fastn.connector.probe.write('x').catch(() => 1)]; }
}

// === chain in loop with closures
export default async function (ctx) {
  const fs = [];
  for (const n of [1, 2, 3]) {
    await fastn.connector.probe.flaky({ key: 'k' + n, times: n - 1 }).then((v) => { fs.push(() => [n, v]); return fastn.connector.probe.write(n); }).catch((e) => { let m = e.message; fs.push(() => m + n); });
  }
  return fs.map((f) => f());
}

// === helpers as handlers and helper as base
async function load(n) { const a = await fastn.connector.probe.read(n); if (a > 1) throw new RangeError('big ' + a); return a; }
const double = (x) => x * 2;
async function save(x) { return fastn.connector.probe.write(x); }
const report = async (e) => { await fastn.connector.probe.write(e.message); return -1; };
export default async function (ctx) {
  const a = await load(1).then(double).then(save).catch(report);
  const b = await load(2).then(double).then(save).catch(report);
  return [a, b];
}

// === iife
export default async function (ctx) {
  const out = await (async () => { const a = await fastn.connector.probe.read(1); if (a) return a + 1; return await fastn.connector.probe.read(2); })();
  const x = await (async function (n) { for (const i of [1, 2]) { await fastn.connector.probe.write(i + n); if (i === 2) return 'two'; } })(5);
  return [out, x];
}

// === return chain
export default async function (ctx) {
  if (ctx.input) return fastn.connector.probe.read(3).then((r) => ({ r })).catch((e) => ({ e: e.message }));
  return fastn.connector.probe.fail(3).then((r) => ({ r })).catch((e) => ({ e: e.message }));
}

// === chain value used in expression
export default async function (ctx) {
  const n = 1 + (await fastn.connector.probe.read(3).catch(() => 0)) + (await fastn.connector.probe.fail('q').catch(() => 7));
  const o = { a: await fastn.connector.probe.fail('q').catch((e) => e.message.length), b: ctx.execution ? await fastn.connector.probe.read(1).catch(() => 0) : 2 };
  if (await fastn.connector.probe.read(false).catch(() => true)) return 1;
  return [n, o];
}

// === labelled fused loops
export default async function (ctx) {
  const out = [];
  const it = { [Symbol.iterator]() { let n = 0; return { next: () => ({ done: n >= 3, value: n++ }), return() { out.push('closed'); return {}; } }; } };
  const list = [1, 2];
  outer: for (const a of list) { for (const b of it) { out.push(await fastn.connector.probe.read(a * b)); if (b === 1) continue outer; } }
  return out;
}

// === finally in a loop
export default async function (ctx) {
  const out = [];
  for (const a of [1, 2, 3]) {
    try { if (a === 2) continue; out.push(await fastn.connector.probe.read(a)); } finally { await fastn.connector.probe.write('f' + a); }
    await fastn.connector.probe.read(1).finally(() => fastn.connector.probe.write('g' + a));
  }
  return out;
}

// === class
class Client {
  constructor(base) { this.base = base; }
  async get(x) { return await fastn.connector.probe.read(this.base + x); }
  async both(x) { const a = await this.get(x); const b = await this.get(a); return [a, b]; }
}
export default async function (ctx) {
  const c = new Client('b');
  const a = await c.get(1);
  const b = await c.both(2);
  return [a, b];
}

// === background pool
export default async function (ctx) {
  const queue = [1, 2, 3, 4, 5];
  const results = [];
  async function worker() {
    while (queue.length) {
      const x = queue.shift();
      results.push(await fastn.connector.probe.write(x));
    }
  }
  await fastn.connector.probe.read('start');
  await Promise.all([worker(), worker()]);
  await fastn.connector.probe.write('end');
  return results;
}

// === a generator whose yields stand in a loop over names
async function* all() { let page = 0; do { const { items, next } = await fastn.connector.probe.read({ items: [1, 2], next: page < 2 ? page + 1 : null }); for (const r of items) { yield { page, r } } page = next } while (page) }
export default async function () {
const out = [];
for await (const x of all()) out.push(await fastn.connector.probe.write(x));
const list = out.map((o) => o.r);
for (const y of list) await fastn.connector.probe.read(y);
return out;
}

// === functions handed to helpers laid into their calls
async function withRetry(name, fn) { for (let i = 0; i < 3; i++) { try { return await fn(i); } catch (e) { await p.write(name + e.message); } } throw new Error('gave up'); }
const p = fastn.connector.probe;
export default async function () {
const a = await withRetry('a', () => p.flaky({ key: 'a', times: 1 }));
const b = await withRetry('b', async (i) => p.read(i));
return [a, b];
}

// === a replaced function keeps what it was replaced by
function f(n) { return n > 0 ? f(n - 1) : 'first'; }
export default async function () { const g = f; f = () => 'second'; await fastn.connector.probe.read(1); const a = [g(1), g(0), f(), g.name]; return a; }

// === functions of one name, the last one holds
export default async function () { await fastn.connector.probe.read(1); return [h(), (() => { function k() { return 1 } function k() { return 2 } return k() })()]; function h() { return 1 } function h() { return 2 } }
