// === typeof of a dead variable throws, of an unknown name does not
const out = [];
await p.read(1);
try { typeof x } catch (e) { out.push(e.name) }
out.push(typeof unknownName);
let x = 1;
return [out, typeof x];

// === a closure made before the declaration works after it
const get = () => later, set = (v) => { later = v };
const out = [];
await p.read(1);
try { get() } catch (e) { out.push(e.name) }
try { set(2) } catch (e) { out.push(e.name) }
let later = await p.read('now');
set(3);
return [...out, get()];

// === a declaration that fails leaves its variable dead for ever
const out = [];
const f = () => broken;
try { await p.read(0); { let g = () => inner; try { let inner = (() => { throw new Error('init') })() } catch (e) { out.push(e.message) } } } catch (e) { out.push(e.name) }
try { f() } catch (e) { out.push(e.name) }
const broken = await p.read('fine');
return [out, f()];

// === an initialiser that reads its own variable
const out = [];
try { let a = (await p.read(1)) + a } catch (e) { out.push(e.name) }
try { const b = (() => b)() } catch (e) { out.push(e.name) }
const c = () => c;
let d = typeof (() => d);
return [out, c() === c, d];

// === loop variables are dead in each new iteration
const out = [], fs = [];
for (let i = 0; i < 3; i++) {
  fs.push(() => v);
  try { fs[i]() } catch (e) { out.push(e.name) }
  await p.read(i);
  const v = i * 2;
  out.push(fs.map((f) => f()).join());
}
return out;

// === switch cases share a scope whose variables may stay dead
const out = [];
for (const k of [1, 2, 3]) {
  try {
    switch (await p.read(k)) {
      case 1: let shared = 'one'; out.push(shared); break;
      case 2: out.push(shared); break;
      default: shared = 'late';
    }
  } catch (e) { out.push(`${k} ${e.name}`) }
}
return out;

// === classes are dead before their line and in their own heritage
const out = [];
const make = () => new Late();
try { make() } catch (e) { out.push(e.name) }
try { class Self extends Self {} } catch (e) { out.push(e.name) }
class Late { constructor() { this.ok = true } }
await p.read(1);
return [out, make()];

// === function declarations are alive before everything, var is undefined
const out = [early(), typeof v, v];
await p.read(1);
var v = 'set';
function early() { return 'early' }
out.push(v);
{ out.push(inner()); function inner() { return 'inner' } await p.read(2) }
return out;

// === default parameters see only what stands before them
const out = [];
const f = async (a, b = a, c = () => d, d = c) => [a, b, typeof c, d === c];
out.push(await f(await p.read(1)));
const g = (a = b, b = 1) => [a, b];
try { g() } catch (e) { out.push(e.name) }
out.push(g(await p.read(2)));
return out;

// === names of an outer scope are hidden from the start of a block
const x = await p.read('outer');
const out = [];
{ const f = () => x; try { f() } catch (e) { out.push(e.name) } await p.read(1); const x = 'inner'; out.push(f()) }
{ try { x; await p.read('never'); } catch (e) { out.push(e.name) } let x; out.push(x) }
return [out, x];
