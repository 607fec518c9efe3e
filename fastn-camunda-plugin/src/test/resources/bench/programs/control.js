// === closures of a for loop are called after it and share their iteration
const get = [], set = [];
for (let i = 0, step = 1; i < 4; i += step) {
  get.push(() => i);
  set.push((v) => { i = v });
  if (await p.read(i === 1)) step = 2;
}
set[0](90);
await p.write(get.map((f) => f()));
return get.map((f) => f());

// === a closure changes the loop variable while the loop runs
const seen = [];
let bump;
for (let i = 0; i < 6; i++) {
  bump = () => (i += 2);
  seen.push(await p.read(i));
  bump();
}
return [seen, bump(), bump()];

// === closures of while and do loops
const fs = [];
let n = 0;
while (n < 3) { const k = n; let own = await p.read(k * 10); fs.push(() => [k, own++, n]); n++ }
do { let m = n; fs.push(() => m--); await p.write(m) } while (++n < 5);
return fs.map((f) => [f(), f()]);

// === closures of a for in loop and of destructured loop variables
const fs = [];
for (const key in { a: 1, b: 2 }) { await p.read(key); fs.push(() => key) }
for (const [k, { v = k + '?' }] of [['x', { v: 1 }], ['y', {}]]) { await p.read(v); fs.push(() => k + v) }
return fs.map((f) => f());

// === a switch with effects in tests, fallthrough and a closure over its scope
const out = [];
for (const x of [1, 2, 3, 4]) {
  switch (x) {
    case await p.read(1): { out.push('one') }
    case await p.read(2): let shared = await p.write('two ' + x); out.push(() => shared); break;
    default: out.push('default');
    case await p.read(3): shared = 'late'; out.push(await p.write('three'));
  }
}
return out.map((o) => (typeof o === 'function' ? o() : o));

// === switch keeps testing strictly and evaluates the discriminant once
let reads = 0;
const key = () => { reads++; return ctx.input };
switch (key()) {
  case '1': await p.write('text'); break;
  case NaN: await p.write('nan'); break;
  case 1: await p.write('number');
  case 2: await p.write('fell'); break;
}
return reads;
// input: 1
// input: "1"
// input: 2
// input: null

// === continue inside switch inside loops with labels
const log = [];
rows: for (let r = 0; r < 4; r++) {
  cols: for (let c = 0; ; c++) {
    switch ((r + c) % 4) {
      case 0: continue cols;
      case 1: log.push(await p.read(`${r}${c}`)); if (c > 2) break cols; continue;
      case 2: if (r === 1) continue rows; break;
      case 3: if (r === 3) break rows; break cols;
    }
    log.push(`${r}-${c}`);
    if (c > 5) break;
  }
}
return log;

// === labelled blocks and breaks through several finally
const log = [];
a: {
  try {
    b: {
      try { await p.write(1); if (ctx.input === 'b') break b; if (ctx.input === 'a') break a; log.push('through') }
      finally { log.push('inner'); await p.write('inner') }
      log.push('after inner');
    }
    log.push('after b');
  } finally { log.push('outer'); await p.write('outer') }
  log.push('end of a');
}
return log;
// input: "a"
// input: "b"
// input: "c"

// === a loop with effects in all its three heads
const out = [];
for (let i = await p.read(0); await p.read(i < 3); i = await p.read(i + 1)) { if (i === 1) continue; out.push(i) }
return out;

// === nested ternaries and short circuits
const yes = await p.read(true), no = await p.read(false);
const a = yes ? (no ? await p.write('1') : yes && (await p.write('2'))) : await p.write('3');
const b = no || (await p.read(0)) || (await p.read('')) || (await p.write('last'));
const c = (await p.read(null)) ?? (yes && !no && (await p.write('c')));
return [a, b, c, no && (await p.write('never')), (yes || await p.write('never')) && 'kept'];

// === optional chains with effects stop where the value is missing
const o = await p.read({ a: { b: { v: 1 } } });
const none = null;
const at = [];
const key = async (k) => { at.push(k); return await p.read(k) };
return [
  o?.[await key('a')]?.b?.v, none?.[await key('never')].b.c, none?.(await key('not called')), o?.a?.[await key('b')],
  delete o?.a?.b, o.a, o.x?.y.z.w(await key('no')), at,
];

// === logical assignment with effects evaluates the target once
let gets = 0;
const store = { get v() { gets++; return this.own }, set v(x) { this.own = x }, list: [null, 0, 'x'] };
store.v ??= await p.read('first');
store.v ??= await p.read('never');
store.v &&= await p.read(0);
store.v ||= await p.read('again');
const i = () => { gets += 100; return 0 };
store.list[i()] ??= await p.write('filled');
return [store.own, store.list, gets];

// === comma expressions and the order of operands
const log = [];
const t = (x) => { log.push(x); return x };
const v = (t(1), await p.read(2), t(3)) + t(4) * (await p.read(5)) ** t(2);
const w = [t('a'), await p.read('b'), t('c')].join(t('-'));
const o = { [t('k')]: t('v'), [await p.read('k2')]: await p.write('v2'), ...(await p.read({ z: 1 })), [t('k3')]: 0 };
return [v, w, o, log];

// === an operand that changes while another waits
let x = 1;
const f = async () => { x = 10; return await p.read(100) };
const sum = x + (await f()) + x;
let arr = [1];
const pushed = arr.concat(await (async () => { arr = [2]; return await p.read([3]) })(), arr);
const o = { v: 1 };
const s2 = o.v + (await (async () => { o.v = 5; return await p.read(0) })()) + o.v;
return [sum, pushed, s2];

// === compound assignment reads its target before the effect
let total = 1;
const bump = async (n) => { total += 10; return await p.read(n) };
total += await bump(5);
const o = { n: 1 };
o.n += await (async () => { o.n = 50; return await p.read(2) })();
return [total, o];

// === a dead loop and unreachable effects
while (false) await p.write('never');
for (; false;) await p.write('never');
if (0) { await p.write('never') } else if ('') await p.write('never');
do { if (await p.read(true)) break; await p.write('never') } while (true);
return 'end';

// === var in every place and hoisted functions that are assigned
log('start');
var log2 = typeof later;
if (await p.read(true)) { var inner = await p.read('i') }
for (var k in { z: 1 }) await p.read(k);
function log(x) { console.log(x, typeof inner, typeof k) }
log('end');
log = await p.read('overwritten');
var later = 1, log2;
return [log2, inner, k, typeof log, later];
