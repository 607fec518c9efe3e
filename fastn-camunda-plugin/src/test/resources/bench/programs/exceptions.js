// === every way out of try meets every way out of finally
const table = [];
for (const out of ['normal', 'throw', 'break', 'continue', 'return']) {
  for (const fin of ['normal', 'throw', 'break', 'continue', 'return']) {
    const run = async () => {
      for (const i of [1, 2]) {
        try {
          if (out === 'throw') throw new Error('t' + i);
          if (out === 'break') break;
          if (out === 'continue') continue;
          if (out === 'return') return 'r' + i;
        } finally {
          if (fin === 'throw') throw new Error('f' + i);
          if (fin === 'break') break;
          if (fin === 'continue') continue;
          if (fin === 'return') return 'fr' + i;
        }
      }
      return 'end';
    };
    try { table.push([out, fin, await run()]) } catch (e) { table.push([out, fin, e.message]) }
  }
  await p.write(table.length);
}
return table;

// === every way out of try with effects in it, in main
for (const i of [1, 2, 3]) {
  try {
    await p.read(i);
    if (ctx.input.out === 'throw') throw new Error('t' + i);
    if (ctx.input.out === 'break') break;
    if (ctx.input.out === 'continue') continue;
    if (ctx.input.out === 'return') return 'r' + i;
  } finally {
    await p.write('f' + i);
    if (ctx.input.fin === 'throw') throw new RangeError('f' + i);
    if (ctx.input.fin === 'break') break;
    if (ctx.input.fin === 'continue') continue;
    if (ctx.input.fin === 'return') return 'fr' + i;
  }
  console.log('bottom', i);
}
return 'end';
// input: {"out": "throw"}
// input: {"out": "throw", "fin": "continue"}
// input: {"out": "return", "fin": "continue"}
// input: {"out": "return", "fin": "throw"}
// input: {"out": "break", "fin": "continue"}
// input: {"out": "continue", "fin": "return"}
// input: {"out": "throw", "fin": "break"}

// === catch and finally that throw again, nested three deep
const log = [];
try {
  try {
    try { await p.fail('one') } catch (e) { log.push(e.message); await p.write('c1'); throw new TypeError('two', { cause: e }) } finally { log.push('f1'); await p.write('f1') }
  } catch (e) { log.push([e.name, e.cause.message]); throw await p.read('three') } finally { log.push('f2') }
} catch (e) { log.push(e) } finally { log.push(await p.write('f3')) }
return log;

// === the value of return is evaluated before finally
let x = 1;
const f = async () => { try { return x } finally { x = 2; await p.write(x) } };
try { return [x, await f(), await p.read(x)] } finally { x = 3; await p.write(x) }

// === an error of an effect in a finally replaces the first one
try { throw new Error('first') } finally { await p.read(1); if (ctx.input) await p.fail('second') }
// input: true
// input: false

// === the same error object travels through catches
const original = new Error('o');
original.extra = { n: 1 };
let second;
try { try { await p.read(1); throw original } catch (e) { second = e; e.extra.n++; await p.write('x'); throw e } } catch (e) { return [e === original, e === second, e.extra.n, e] }

// === errors of effects keep their fields and are instances of Error
try { await p.fail('boom') } catch (e) {
  const first = [e instanceof Error, e.name, e.status, Object.keys(e).sort(), `${e}`];
  await p.write(e.message);
  return [...first, e instanceof Error, e.status, typeof e.stack, e.stack.split('\n')[0]];
}

// === an uncaught error with a cause and fields
class SyncError extends Error {
  constructor(message, options) { super(message, options); this.name = 'SyncError'; this.code = 'E_SYNC'; this.retryable = false }
}
try { await p.fail('inner') } catch (e) { throw new SyncError('outer', { cause: e }) }

// === an error subclass with methods lives across steps
class HttpError extends Error {
  constructor(status, body) { super(`HTTP ${status}`); this.status = status; this.body = body }
  get retry() { return this.status >= 500 }
  toJSON() { return { status: this.status, retry: this.retry } }
}
HttpError.prototype.name = 'HttpError';
let e;
try { await p.read(1); throw new HttpError(503, { a: [1] }) } catch (caught) { e = caught }
await p.write(e);
return [e.retry, e instanceof HttpError, String(e), e.body, Object.keys(e)];

// === aggregate errors
try {
  await Promise.any([p.fail('a'), p.fail('b')]);
} catch (e) {
  await p.write(e.errors.map((x) => x.message));
  return [e.name, e.errors.length, e.errors[1].message, e instanceof AggregateError];
}

// === things that are thrown and are no errors
const out = [];
for (const v of [undefined, null, 0, -0, '', 'text', 10n, { code: 7 }, [1, 2], Symbol.iterator, NaN]) {
  try { await p.read('x'); throw v } catch (e) { out.push(e) }
}
await p.write(out.length);
return out;

// === a thrown object that nobody catches
await p.read(1);
throw { code: 42, nested: { list: [1, 2] } };

// === a thrown string that nobody catches
await p.read(1);
throw 'just text';

// === undefined thrown by nobody's catch
await p.read(1);
throw undefined;

// === an error thrown while destructuring the catch parameter
try {
  try { await p.read(1); throw null } catch ({ message }) { return 'never' } finally { await p.write('f') }
} catch (e) { return e.name }

// === errors thrown by getters, setters, proxies and valueOf
const out = [];
const bad = { get g() { throw new Error('get') }, set s(v) { throw new Error('set ' + v) }, valueOf() { throw new Error('valueOf') } };
const proxy = new Proxy({}, { get(_, k) { throw new Error('trap ' + String(k)) } });
for (const f of [() => bad.g, () => (bad.s = 1), () => bad + 1, () => proxy.x]) { try { await p.read(1); f() } catch (e) { out.push(e.message) } }
try { bad.s = await p.read(5) } catch (e) { out.push(e.message) }
try { await p.write(bad.g) } catch (e) { out.push(e.message) }
return out;

// === messages of type errors at cut places
const out = [];
const nothing = await p.read(null);
const o = await p.read({ f: 1 });
for (const f of [async () => nothing.x, async () => o.f(), async () => o.g.h, async () => o.missing(await p.read(1)), async () => new o.f(), async () => [...o], async () => { const [a] = o; }, async () => null[Symbol.iterator], async () => { for (const x of 5) await p.read(x) }]) {
  try { await f(); out.push('none') } catch (e) { out.push([e.name, e.message]) }
}
return out;

// === messages of type errors in main
const out = [];
const o = await p.read({ f: 1, n: null });
try { o.f(await p.read(1)) } catch (e) { out.push(e.message) }
try { o.n.x(await p.read(1)) } catch (e) { out.push(e.message) }
try { o.missing.deep[await p.read(1)] } catch (e) { out.push(e.message) }
try { new o.f(await p.read(1)) } catch (e) { out.push(e.message) }
try { for (const x of o) await p.read(x) } catch (e) { out.push(e.message) }
try { const { a: { b } } = await p.read({}) } catch (e) { out.push(e.message) }
try { const [first] = await p.read(5) } catch (e) { out.push(e.message) }
try { o.n[await p.read('k')] = await p.read('v') } catch (e) { out.push(e.message) }
try { unknownName; await p.read(1) } catch (e) { out.push(e.message) }
try { unknownName = await p.read(1) } catch (e) { out.push(e.message) }
return out;

// === a frozen object refuses an assigned effect
const o = Object.freeze({ a: 1, list: [] });
const out = [];
try { o.a = await p.read(2) } catch (e) { out.push(e.name) }
try { delete o.a; } catch (e) { out.push(e.name) }
try { o.b = await p.read(2) } catch (e) { out.push(e.name) }
o.list.push(await p.read(1));
return [out, o, Object.isFrozen(o)];

// === retry written with recursion
async function attempt(n) {
  try { return [n, await p.flaky({ key: 'r', times: 2 })] } catch (e) { if (n === 5) throw e; console.log('again', n, e.message); return attempt(n + 1) }
}
return await attempt(1);

// === a flaky write that nothing catches is retried
console.log('begin');
const a = await p.read(1);
const n = await p.flaky({ key: 'k', times: 2 });
console.log('got', n);
await p.write([a, n]);
return n;

// === a catch that notifies and throws again is retried
let n;
try { n = await p.flaky({ key: 'k', times: 2 }) } catch (e) { await p.write('notify ' + e.message); throw e }
return await p.write(n);

// === a flaky effect in a helper that is called twice
const load = async (key) => { const v = await p.flaky({ key, times: 1 }); return `${key}${v}` };
const a = await load('a');
const b = await load('b');
return [a, b];
