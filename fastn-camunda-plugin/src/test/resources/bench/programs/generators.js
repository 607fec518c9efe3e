// === return and throw of a generator run its finally blocks, which may yield
function* g() { try { yield 1; yield 2 } finally { yield 'cleanup'; yield 'more' } }
const it = g(), log = [it.next()];
await p.read(1);
log.push(it.return('r'));
await p.read(2);
log.push(it.next(), it.next(), it.next());
return log;

// === yield star passes values, returns and errors to the inner generator
const log = [];
function* inner() { try { const x = yield 'i1'; log.push(x); yield 'i2' } catch (e) { log.push('caught ' + e); return 'from catch' } finally { log.push('inner f') } }
function* outer() { const r = yield* inner(); log.push(r); yield 'o' }
const it = outer();
log.push(it.next().value, it.next(await p.read('sent')).value);
await p.write(1);
log.push(it.throw('boom').value, it.next().done);
return log;

// === an async generator with try and finally is left early
const log = [];
async function* pages() { try { for (let i = 0; ; i++) yield await p.read(i) } finally { log.push(await p.write('closed')) } }
for await (const x of pages()) { log.push(x); if (x === 2) break }
try { for await (const x of pages()) { log.push(x); throw new Error('body') } } catch (e) { log.push(e.message) }
return log;

// === an async generator delegates to sync and async sources
async function* a() { yield 1; yield* [p.read(2), 3]; yield* b() }
async function* b() { yield await p.read('b'); return 'ignored' }
const out = [];
for await (const x of a()) out.push(x);
return out;

// === for await over sync iterables waits for each value
const out = [];
for await (const x of [p.read(1), 2, Promise.resolve(3)]) out.push(x);
for await (const [k, v] of new Map([['a', 1]])) out.push(k, await p.read(v));
try { for await (const x of [1, Promise.reject(new Error('bad'))]) out.push(x) } catch (e) { out.push(e.message) }
return out;

// === next of an async generator may be called before earlier ones are done
async function* g() { for (let i = 1; i < 4; i++) yield await p.read(i) }
const it = g();
const r = await Promise.all([it.next(), it.next(), it.next(), it.next(), it.next()]);
return r;

// === for await with labels, continue and nested loops
async function* rows(n) { for (let i = 0; i < n; i++) yield await p.read(i) }
const out = [];
outer: for await (const a of rows(4)) { for await (const b of rows(4)) { if (b === a) continue outer; if (a === 3) break outer; out.push(`${a}${b}`) } }
return out;

// === a pipeline of async generators: map, filter, batch
async function* source() { for (const x of await p.read([1, 2, 3, 4, 5])) yield x }
async function* map(it, f) { for await (const x of it) yield f(x) }
async function* batch(it, n) { let b = []; for await (const x of it) if (b.push(x) === n) { yield b; b = [] } if (b.length) yield b }
const out = [];
for await (const b of batch(map(source(), async (x) => await p.read(x * 10)), 2)) out.push(await p.write(b));
return out;

// === a generator method with state, and one shared by two loops
class Seq { #n = 0; *[Symbol.iterator]() { while (this.#n < 6) yield this.#n++ } }
const s = new Seq();
const out = [];
for (const x of s) { out.push(await p.read(x)); if (x === 2) break }
for (const x of s) { out.push(await p.read(x * 10)); }
return out;

// === a generator drives effects by yielding descriptions
function* saga() { const a = yield { read: 1 }; try { yield { fail: 'no' } } catch (e) { yield { write: e.message } } return a + (yield { read: 2 }) }
const it = saga();
let step = it.next();
while (!step.done) { const [[name, x]] = Object.entries(step.value); try { step = it.next(await p[name](x)) } catch (e) { step = it.throw(e) } }
return step.value;

// === an async iterator by hand without return, and one that ends with an error
const src = (n, end) => ({ [Symbol.asyncIterator]: () => ({ i: 0, async next() { const i = await p.read(this.i++); if (i === n) return end(); return { value: i, done: false } } }) });
const out = [];
for await (const x of src(2, () => ({ done: true, value: 'ignored' }))) out.push(x);
try { for await (const x of src(1, () => { throw new Error('end') })) out.push(x) } catch (e) { out.push(e.message) }
for await (const x of src(9, () => ({}))) { if (x === 1) break }
return out;

// === a generator hands on plain lists
async function* pages() {
  for (let page = 1; page <= 2; page++) {
    const { items } = await fastn.connector.probe.read({ items: [page * 10, page * 10 + 1] });
    yield* items;
    if (page === 2) yield* [1, 2];
    console.log('page', page);
  }
  return 5;
}
export default async function (ctx) {
  const seen = [];
  for await (const n of pages()) {
    if (n === 11) continue;
    if (n === 2) break;
    seen.push(() => n);
  }
  await fastn.connector.probe.write(seen.map((f) => f()));
  return seen.length;
}
// === once with effects in the body
async function* pages() {
  let page = 0;
  while (page < 3) {
    const { items = [7] } = await fastn.connector.probe.read(page === 1 ? {} : { items: [page, page + 1] });
    page++;
    yield* items;
  }
}
export default async function (ctx) {
  outer: for await (const n of pages()) {
    const answer = await fastn.connector.probe.write(n);
    if (answer === 7) continue outer;
    if (answer === 3) return 'three';
  }
  return 'none';
}
// === what is handed on is an own iterator
async function* pages() {
  for (let page = 0; page < 2; page++) {
    yield* (function* () { try { yield 1; } finally { console.log('closed', page); } })();
    yield* await fastn.connector.probe.read([page]);
  }
}
export default async function (ctx) {
  const all = [];
  for await (const n of pages()) { all.push(n); if (all.length === 3) break; }
  return all;
}
// === the value of yield* and a sync generator
function* flat(list) {
  for (const x of list) { const r = yield* [x, x]; console.log(r); }
}
export default async function (ctx) {
  const { list, more = [4] } = await fastn.connector.probe.read({ list: [1, 2] });
  let sum = 0;
  for (const x of flat(list.concat(more))) { sum += await fastn.connector.probe.read(x); }
  return sum;
}
// === var list of itself
function* g() { yield 1; }
export default async function (ctx) {
  var list = list || [...g()];
  for (const x of list) await fastn.connector.probe.write(x);
  const { a = a2 } = { }, a2 = 3;
  return a;
}
// === patterns with semicolons and closures
async function* pages() {
  let page = 0;
  while (page < 3) {
    const items = (await fastn.connector.probe.read([{ a: page }, {}])).slice();
    page++;
    yield* items;
  }
}
export default async function (ctx) {
  const later = [];
  for await (const { a = ';', ...rest } of pages()) {
    later.push(() => [a, rest]);
    if (a === 1) await fastn.connector.probe.write(a);
  }
  return later.map((f) => f());
}
// === yields in both branches and the loop's own await
async function* pages(list) {
  yield* list.map((x) => x * 2);
  yield* ['a;b'];
}
export default async function (ctx) {
  let text = '';
  try {
    for await (let s of pages([1, 2])) {
      s += ';';
      text += s;
      if (text.length > 4) throw new Error(text);
      await 0;
    }
  } catch (e) { await fastn.connector.probe.write(e.message); }
  return text;
}

// === methods that generate
class Pages {
  n = 0;
  async *all() { for (;;) { const { items } = await fastn.connector.probe.read({ items: [this.n, this.n + 1] }); this.n++; yield* items; if (this.n > 2) return; } }
}
export default async function (ctx) {
  const pages = new Pages(), found = new Map();
  for await (const p of pages.all()) found.set(p, (found.get(p) ?? 0) + 1);
  for (const [p, count] of found) { if (p > 2) break; await fastn.connector.probe.write([p, count]); }
  return found.size;
}
// === a method whose generator is kept
class Pages {
  *all() { try { yield 1; yield 2; yield 3; } finally { console.log('closed'); } }
}
export default async function (ctx) {
  const pages = new Pages(), it = pages.all();
  for (const p of it) { await fastn.connector.probe.write(p); break; }
  for (const p of it) { await fastn.connector.probe.write(p); }
  return 1;
}
