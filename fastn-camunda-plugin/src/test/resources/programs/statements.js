// === early return
// nodes: 2
const existing = await p.read(ctx.input);
if (existing) {
  return { skipped: true, reason: 'already_processed' };
}
await p.write('new');
return { skipped: false };
// input: 1
// input: null

// === if and else with effects and a merge
// nodes: 3
let r;
if (ctx.input > 10) { r = await p.read('big') } else if (ctx.input > 5) { r = await p.read('mid') } else { r = 'small' }
await p.write(r);
return r;
// input: 20
// input: 7
// input: 1

// === a condition that is effects branches straight
// nodes: 3
if (!ctx.input && !(await p.read(0))) { await p.write('both') } else { console.log('else') }
if ((await p.count()) > 1 || ctx.input) return 'x';
return 'y';
// input: 0
// input: 1

// === while with an effect in the condition
// nodes: 2
let n = 0;
while ((await p.count()) < 4) { n++; if (n === 2) continue; await p.write(n) }
return n;

// === do while with continue and break
// nodes: 1
let n = 0;
do { n++; if (n === 2) continue; if (n === 5) break; await p.write(n) } while (n < 10);
return n;

// === for with all parts
// nodes: 2
const out = [];
for (let i = 0, j = 10; i < j; i += 3, j--) { out.push(await p.read([i, j])) }
for (;;) { if (await p.read(true)) break }
return out;

// === for of over an array that grows
// nodes: 1
const xs = [1, 2];
const out = [];
for (const x of xs) { if (x < 4) xs.push(x + 2); out.push(await p.read(x)) }
return [xs, out];

// === for of over strings, maps and sets
// nodes: 3
const out = [];
for (const c of 'a😀b') out.push(await p.read(c));
for (const [k, v] of new Map([['a', 1], ['b', 2]])) out.push(await p.read(k + v));
for (const x of new Set([3, 3, 4])) out.push(await p.write(x));
return out;

// === for of with destructuring and an assignment target
// nodes: 2
const o = {};
for (const { id, tags: [first] = ['none'] } of [{ id: 1, tags: ['x'] }, { id: 2 }]) await p.write([id, first]);
for (o.last of [1, 2]) await p.write(o.last);
return o;

// === for in passes keys that are gone
// nodes: 1
const o = { a: 1, b: 2, c: 3 };
const seen = [];
for (const k in o) { delete o.b; seen.push(await p.read(k)) }
return seen;

// === labelled break and continue
// nodes: 1
const seen = [];
outer: for (const a of [1, 2, 3]) {
  for (const b of [1, 2, 3]) {
    if (b === 2 && a === 1) continue outer;
    if (a === 3) break outer;
    seen.push(await p.read(a * 10 + b));
  }
}
return seen;

// === a labelled block
// nodes: 2
let r = 'start';
block: { r = await p.read('in'); if (ctx.input) break block; r = await p.read('end') }
return r;
// input: true
// input: false

// === switch with fall through and default in the middle
// nodes: 3
const out = [];
switch (ctx.input) {
  case 'a': out.push(await p.read('a'));
  default: out.push('d');
  case 'b': out.push(await p.write('b')); break;
  case 'c': { out.push(await p.read('c')) }
}
return out;
// input: "a"
// input: "b"
// input: "c"
// input: "x"

// === switch whose tests are effects
// nodes: 3
switch (ctx.input) {
  case await p.read(1): return 'one';
  case await p.read(2): return 'two';
  default: await p.write('none');
}
return 'end';
// input: 1
// input: 2
// input: 3

// === two cases for one body
// nodes: 1
let r = 0;
switch (await p.read(ctx.input)) { case 1: case 2: r = 12; break; case 3: r = 3 }
return r;
// input: 1
// input: 2
// input: 3
// input: 4

// === try and catch
// nodes: 2
let r;
try { await p.write('before'); await p.fail('no'); r = 'ok' } catch (e) { r = [e.name, e.message, e.status] }
return r;

// === catch without parameter and with a pattern
// nodes: 2
try { await p.fail('a') } catch { console.log('caught') }
try { await p.fail('b') } catch ({ message, status = 1 }) { return [message, status] }

// === catch catches what pure code and conditions throw
// nodes: 2
const out = [];
try { await p.read(1); null.x } catch (e) { out.push(e.name) }
try { if (undefined.y) await p.read(2) } catch (e) { out.push(e.name) }
return out;

// === finally runs on every way out
// nodes: 3
async function log(x) { console.log(x) }
try {
  const x = await p.read(ctx.input);
  if (x === 1) return 'returned';
  if (x === 2) throw new Error('thrown');
  await p.write('normal');
} finally { await p.write('finally') }
return 'end';
// input: 1
// input: 2
// input: 3

// === finally overrides what was on its way
// nodes: 2
for (const x of [1, 2]) {
  try { await p.read(x); if (x === 2) throw new Error('lost'); return 'lost too' } finally { await p.write(x); if (x === 1) continue; break }
}
return 'kept';

// === a return in finally wins
// nodes: 2
try { return await p.read('try') } finally { if (await p.read(ctx.input)) return 'finally' }
// input: true
// input: false

// === catch and finally together, rethrowing
// nodes: 3
const out = [];
try {
  try { await p.fail('inner') } catch (e) { out.push(e.message); await p.write('handled'); throw new TypeError('outer') } finally { out.push('f'); await p.write('f') }
} catch (e) { out.push(e.name) }
return out;

// === break and continue leave a try
// nodes: 2
const out = [];
for (const x of [1, 2, 3, 4]) {
  try { if (x === 2) continue; if (x === 4) break; out.push(await p.read(x)) } catch (e) { out.push('never') } finally { await p.write('f' + x) }
}
return out;

// === return without await inside try is not caught
// nodes: 1
try { return p.fail('not caught') } catch (e) { return 'caught' }

// === return await inside try is caught
// nodes: 1
try { return await p.fail('caught') } catch (e) { return e.message }

// === an uncaught throw
// nodes: 1
if (await p.read(true)) throw new RangeError('out of range');
return 1;

// === what is thrown need not be an error
// nodes: 1
try { await p.read(1); throw { code: 7 } } catch (e) { return e }

// === a pure loop stays one piece and may return
// nodes: 2
const xs = await p.read([1, 5, 9]);
for (const x of xs) { if (x > ctx.input) return x }
await p.write('none');
return null;
// input: 4
// input: 40

// === a pure loop breaks an outer one
// nodes: 1
let n = 0;
outer: for (const x of [1, 2, 3]) {
  n += await p.read(x);
  for (const y of [1, 2]) { if (x * y === 4) break outer; if (y === 2) continue outer }
}
return n;

// === a pure try may return
// nodes: 1
await p.read(0);
try { JSON.parse(ctx.input); return 'json' } catch { return 'no json' } finally { console.log('f') }
// input: "{}"
// input: "{"

// === a wait is an event
// nodes: 1
await fastn.sleep(5000);
await p.write(1);
await fastn.sleep(1000 * 2);
return 'slept';

// === unreachable code is left out
// nodes: 1
return await p.read(1);
await p.write(2);

// === nothing at all
// nodes: 0

// === endless loop with a way out
// nodes: 1
let n = 0;
while (true) { if (n >= 3) return n; n += await p.read(1) }

// === empty branches
// nodes: 1
if (await p.read(1)) { } else { }
if (ctx.input) ;
return 'x';

// === an if without braces and a dangling else
// nodes: 2
if (ctx.input) if (ctx.input > 1) await p.read('a'); else await p.read('b');
return ctx.input;
// input: 0
// input: 1
// input: 2
