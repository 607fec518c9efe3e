// === batching with a concurrency limit
// nodes: 1
const items = [1, 2, 3, 4, 5];
const out = [];
for (let i = 0; i < items.length; i += 2) {
  const batch = items.slice(i, i + 2);
  out.push(...(await Promise.all(batch.map(async (x) => (await p.read(x)) * 10))));
}
return out;

// === retry with backoff written by hand
let lastError;
for (let attempt = 1; attempt <= 4; attempt++) {
  try {
    const n = await p.flaky({ key: 'a', times: 2 });
    return { attempt, n };
  } catch (e) {
    lastError = e;
    if (e.status !== 503) throw e;
    await fastn.sleep(100 * 2 ** attempt);
  }
}
throw lastError;

// === nested try in loops with labels and finally
const log = [];
outer: for (const a of [1, 2, 3]) {
  try {
    for (const b of ['x', 'y']) {
      try {
        if (a === 2 && b === 'x') continue outer;
        if (a === 3) break outer;
        log.push(await p.read(a + b));
        if (b === 'y') throw new Error('y' + a);
      } finally {
        log.push(await p.write('inner ' + a + b));
      }
    }
  } catch (e) {
    log.push(e.message);
  } finally {
    log.push(await p.write('outer ' + a));
  }
}
return log;

// === a grouping report
const rows = await p.read([{ k: 'a', v: 1 }, { k: 'b', v: 2 }, { k: 'a', v: 3 }]);
const groups = rows.reduce((all, { k, v }) => ({ ...all, [k]: [...(all[k] ?? []), v] }), {});
for (const [key, values] of Object.entries(groups)) {
  const sum = values.reduce((a, b) => a + b, 0);
  groups[key] = await p.write({ key, sum, mean: sum / values.length });
}
return groups;

// === a queue that is worked off
const queue = [{ id: 1, children: [2, 3] }];
const seen = new Set();
while (queue.length) {
  const { id, children = [] } = queue.shift();
  if (seen.has(id)) continue;
  seen.add(id);
  const more = await p.read({ id, extra: id < 4 ? [id + 2] : [] });
  queue.push(...children.map((c) => ({ id: c })), ...more.extra.map((id) => ({ id })));
}
return [...seen];

// === a recursive folder walk
async function walk(path, depth) {
  const names = await p.read(depth > 0 ? ['a', 'b'] : []);
  const all = [path];
  for (const name of names) all.push(...(await walk(`${path}/${name}`, depth - 1)));
  return all;
}
return await walk('', 2);

// === an upsert with matching
const existing = new Map((await p.read([{ id: 1, email: 'a' }, { id: 2, email: 'b' }])).map((r) => [r.email, r]));
const result = { created: 0, updated: 0, same: 0 };
for (const { email, name } of [{ email: 'a', name: 'A' }, { email: 'c', name: 'C' }, { email: 'b' }]) {
  const match = existing.get(email);
  if (!match) { await p.write({ email, name }); result.created++ }
  else if (name) { await p.write({ ...match, name }); result.updated++ }
  else result.same++;
}
return result;

// === a helper with try and loop laid into a loop
async function send(x) {
  for (let i = 0; ; i++) {
    try { return await p.flaky({ key: x, times: 1 }) } catch (e) { if (i > 2) throw e }
  }
}
const out = [];
for (const x of ['m', 'n']) out.push(await send(x));
return out;

// === helpers that call helpers
const wrap = async (x) => ({ v: await inner(x), at: 1 });
async function inner(x) { if (x > 1) { return await p.read(x * 2) } await p.write('small'); return x }
const a = await wrap(1);
return a;

// === an effect in every odd place
const f = async (a = 1) => a;
const o = { [await p.read('k')]: await p.read(1), list: [await p.read(2), ...(await p.read([3, 4]))] };
const { k, list: [first, ...rest] } = o;
const text = `${k}${await p.read('!')}`;
const picked = (await p.read(true)) ? rest[(await p.read(1))] : null;
return [o, first, rest, text, picked, await f(await p.read(9)), void (await p.read(0))];

// === short circuits in a row
const a = ctx.input;
const r = (a > 0 && (await p.read('pos'))) || (a < 0 && (await p.read('neg'))) || (await p.read('zero'));
const s = (await p.read(a)) ? (a > 5 ? await p.read('big') : 'small') : await p.write('none');
return [r, s];
// input: 1
// input: -1
// input: 0
// input: 9

// === conditions with mixed operators
const hits = [];
for (const x of [0, 1, 2, 3]) {
  if ((x % 2 === 0 || (await p.read(x > 2))) && !(x === 2 && (await p.read(true)))) hits.push(x);
}
return hits;

// === a counter captured and changed on both sides
let n = 0;
const bump = (by) => { n += by; return n };
const a = bump(1) + (await p.read(bump(2))) + bump(3);
return [a, n];

// === switch inside a loop with continue and return
const out = [];
for (const t of ['a', 'b', 'c', 'd']) {
  switch (t) {
    case 'a': continue;
    case 'b': out.push(await p.read('b')); break;
    case 'c': { const t = 'inner'; out.push(await p.write(t)) }
    // falls through
    default: if (out.length > 2) return out; out.push('default');
  }
  out.push('after ' + t);
}
return out;

// === variables that come and go in nested loops
const out = [];
for (let i = 0; i < 2; i++) {
  let sum = 0, last;
  for (const j of [1, 2]) { sum += (await p.read(j)) * (i + 1); last = last ?? j }
  const fs = [() => sum, () => i, () => last];
  sum++;
  out.push(fs.map((f) => f()));
}
return out;

// === errors with a cause and a subclass
class AppError extends Error { constructor(m, o) { super(m, o); this.name = 'AppError' } get code() { return 42 } }
try {
  try { await p.fail('deep') } catch (e) { throw new AppError('shallow', { cause: e }) }
} catch (e) { return [e instanceof AppError, e.name, e.message, e.code, e.cause.message] }

// === finally without catch around a return of a promise
const out = [];
const run = async () => { try { return p.read(5) } finally { out.push('f') } };
return [await run(), out];

// === do while around try with break
let n = 0;
do { try { n += await p.read(1); if (n > 2) break } finally { console.log(n) } } while (true);
return n;

// === rate limiting with dates left out
const stamps = [];
const limit = async (fn) => { while (stamps.length >= 2) stamps.shift(); stamps.push(1); return fn() };
return [await limit(() => p.read(1)), await limit(() => p.read(2)), await limit(() => p.read(3)), stamps.length];

// === getters that perform nothing and setters that record
const seen = [];
const target = { set v(x) { seen.push(x) }, get w() { return seen.length } };
target.v = await p.read(1);
[target.v, target['v']] = await p.read([2, 3]);
({ a: target.v } = await p.read({ a: 4 }));
return [seen, target.w];

// === comments and odd formatting stay legal
const a = /* one */ await /* two */ p.read(1) // three
const b = [a]
;[b[0], b[1]] = [2, 3]
const c = `x
y` + (await p.read('z'))
return { a, b, c }

// === loops whose heads declare patterns that closures keep
const fs = [];
for (const { id, tags: [t] } of [{ id: 1, tags: ['x'] }, { id: 2, tags: ['y'] }]) { fs.push(() => id + t); await p.read(id) }
for (const k in { q: 1, r: 2 }) { fs.push(() => k); await p.read(k) }
return fs.map((f) => f());

// === while loops that close over what they declare
const fs = [];
let i = 0;
while (i < 3) { const j = i++; let m = j; fs.push(() => m++ + j); m += await p.read(1) }
return fs.map((f) => [f(), f()]);

// === a let in a switch that a closure keeps
const fs = [];
for (const x of [1, 2]) {
  switch (x) { case 1: let y = await p.read('one'); fs.push(() => y); break; default: await p.read('two'); y = 2; fs.push(() => y) }
}
return fs.map((f) => f());

// === a retry helper that gets a function
const cfg = { retries: 2 };
const r = await withRetry(() => p.flaky({ key: 'z', times: 1 }), cfg.retries);
return r;
async function withRetry(fn, n) { try { return await fn() } catch (e) { if (n <= 0) throw e; return withRetry(fn, n - 1) } }

// === optional chain and effect in one condition
const ids = (await p.read([1, 2, 3])).filter((x) => x > 1);
const map = {};
for (const id of ids) map[id] = await p.read({ id });
const [first = null] = Object.values(map);
if (first?.id === 2 && (await p.read(true))) { delete map[2]; }
return map;

// === paging without a test in the loop head
let page = 1, all = [];
for (;;) { const { items, more } = await p.read({ items: [page], more: page < 3 }); all = all.concat(items); if (!more) break; page += 1 }
return all;

// === an undeclared name fails like in strict code
const o = { a: { b: [] } };
o.a.b[await p.read(0)] = await p.read('x');
o.a.b.push(await p.read('y'), await p.read('z'));
counts = {};
return o;

// === counting per key
const counts = {};
for (const w of ['a', 'b', 'a']) counts[w] = (counts[w] ?? 0) + (await p.read(1));
return counts;

// === all with a try in each callback
const t = async () => { throw new Error('x') };
try { await t(); } catch { await p.write('c') } finally { await p.write('f') }
const results = [];
await Promise.all([1, 2].map(async (i) => { try { results.push(await p.read(i)) } catch (e) { results.push(e) } }));
return results;

// === odd keys and a named function expression
const { default: d = 1, ['x-y']: xy, ...more } = await p.read({ 'x-y': 2, z: 3 });
const fn = function named() { return typeof named };
return [d, xy, more, fn(), await p.read(fn.name)];

// === var in branches and a continue that skips the rest
if (ctx.input === undefined) { var hoisted = await p.read('h') } else { hoisted = 2 }
for (const x of [1]) { if (x) { const y = await p.read(x); if (y === 1) { continue } } hoisted = 'no' }
return hoisted;
