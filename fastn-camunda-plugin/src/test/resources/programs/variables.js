// === a closure in a loop keeps its own variable
// nodes: 1
const fs = [];
for (const x of [1, 2, 3]) { fs.push(() => x); await p.read(x) }
return fs.map((f) => f());

// === a closure sees later changes of its iteration
// nodes: 1
const fs = [];
for (const x of [1, 2]) { let t = 0; fs.push(() => (t += x)); t += await p.read(10) }
return fs.map((f) => [f(), f()]);

// === for let gives each iteration a variable
// nodes: 1
const fs = [];
for (let i = 0; i < 3; i++) { fs.push(() => i++); await p.read(i) }
return fs.map((f) => [f(), f()]);

// === a callback that dies in its step needs nothing
// nodes: 1
const out = [];
for (const d of [{ o: 1 }, { o: 2 }]) { const owner = [1, 2, 3].find((x) => x === d.o); out.push(await p.read(owner)) }
return out;

// === a custom map keeps its callback
// nodes: 1
const kept = { fs: [], map(f) { this.fs.push(f) } };
for (const x of [1, 2]) { kept.map(() => x); await p.read(x) }
return kept.fs.map((f) => f());

// === methods and classes in a loop close over it
// nodes: 1
const out = [];
for (const x of [1, 2]) {
  const o = { get v() { return x }, m() { return x * 2 } };
  class C { n = x; read() { return x } }
  out.push(o, new C());
  await p.read(x);
}
return [out[0].v, out[0].m(), out[1].n, out[1].read(), out[2].v];

// === functions declared in a loop body
// nodes: 1
const out = [];
for (const x of [1, 2]) {
  out.push(f);
  await p.read(f());
  let y = x * 10;
  function f() { return typeof y === 'number' ? y : x }
}
return out.map((f) => f());

// === the same name in two scopes
// nodes: 3
const r = await p.read('outer');
if (r) { const r = await p.read('inner'); await p.write(r) }
return r;

// === names that a script can not declare
// nodes: 1
const undefined$ = 1;
{ let NaN = await p.read(5); let Map = 3; console.log(NaN, Map) }
return [new Map([[1, 2]]), NaN];

// === names that begin with a dollar
// nodes: 1
const $ret = 1, $t1 = 2, $ctx = 3;
const { $thrown } = { $thrown: await p.read(4) };
return { $ret, $t1, $ctx, $thrown };

// === assigning to a constant throws after the right side
// nodes: 2
const x = 1;
try { x = await p.read(2) } catch (e) { await p.write(e.name) }
return x;

// === a variable is dead before its declaration
// nodes: 1
try { await p.read(1); x; } catch (e) { return e.name }
let x = 1;

// === a function reads a variable before and after it exists
// nodes: 1
const out = [];
const f = () => x;
try { f() } catch (e) { out.push(e.name) }
let x = await p.read(3);
out.push(f());
return out;

// === a variable without value starts afresh in each iteration
// nodes: 1
const out = [];
for (const i of [1, 2]) { let t; out.push(t); t = await p.read(i) }
return out;

// === var belongs to the function
// nodes: 1
for (var i = 0; i < 2; i++) { var seen = await p.read(i) }
{ var late = 3 }
for (var k of [7]) ;
return [i, seen, late, k];

// === shorthand properties of renamed variables
// nodes: 2
const a = await p.read(1);
{ const a = await p.read(2); const { b = a } = { }; console.log({ a, b }) }
return { a };

// === hoisted helpers read shared variables
// nodes: 1
const rate = await p.read(2);
return double(4);
function double(x) { return x * rate }

// === arguments and this
// nodes: 1
await p.read(1);
return [arguments.length, arguments[0] === ctx, this];

// === closures share plain variables
// nodes: 2
let n = 0;
const inc = () => ++n;
inc();
await p.read(n);
inc();
n += 10;
await p.write(inc());
return n;

// === the name of a nameless function
// nodes: 1
const f = () => 1;
await p.read(1);
{ const f = function () {}; const g = class {}; console.log(f.name, g.name) }
return f.name;

// === a recursive helper without effects
// nodes: 1
const fac = (n) => (n < 2 ? 1 : n * fac(n - 1));
return fac(await p.read(5));

// === aliasing survives
// nodes: 1
const a = { list: [] }, b = a.list;
await p.read(1);
b.push(a);
return [a.list === b, a];

// === a catch parameter captured by a closure in a loop
// nodes: 1
const fs = [];
for (const x of [1, 2]) { try { await p.fail('e' + x) } catch (e) { fs.push(() => e.message) } }
return fs.map((f) => f());

// === shadowing a parameter in a closure
// nodes: 1
const x = await p.read(1);
const f = (x) => { { let x = 5; return x } };
return [x, f(2)];

// === a class with private state lives across steps
// nodes: 2
class Counter { #n = 0; inc() { return ++this.#n } static made = 0; constructor() { Counter.made++ } }
const c = new Counter();
c.inc();
await p.read(1);
c.inc();
await p.write(c.inc());
return [c.inc(), Counter.made];

// === getters and symbols survive
// nodes: 1
const s = Symbol('s');
const o = { [s]: 1, get twice() { return this[s] * 2 } };
await p.read(1);
o[s]++;
return o.twice;

// === a default parameter of the workflow's own closure
// nodes: 1
let base = 1;
const f = (a = base, { b } = { b: a }) => a + b;
base = await p.read(5);
return [f(), f(1)];

// === assigning before the declaration ran throws after the right side
// nodes: 2
const out = [];
try { await p.read(1); x = 5 } catch (e) { out.push(e.message) }
let x = 1;
x += await p.read(2);
return [out, x];
