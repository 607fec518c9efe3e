// === a labelled loop over an iterator goes on by its label
const out = [];
const source = (fail) => ({ [Symbol.iterator]: () => { let n = 3; return { next: () => ({ done: n-- <= 0, value: n }), return() { out.push('closed'); return {} } } } });
rows: for (const x of source()) { out.push(await p.read(x)); if (x > 0) continue rows; out.push('last') }
rows: for (const x of source()) { out.push(await p.read(x)); break rows }
return out;

// === calls of a helper under way beside an await in the same expression
async function dive(d) { if (!(d > 0)) return 0; return (await dive(d - 1)) + (await p.read(0)); }
const out = [await Promise.race([dive(2), p.write(await p.read(1))])];
out.push(await Promise.all([dive(2), p.write(await p.read(2))]));
return out;

// === a stored promise with a handler outlives the block that made it
const out = [];
try {
  const q = p.read(1).finally(() => { out.push('finally') });
  out.push('next');
} catch { await p.read(3) }
out.push('after');
await p.write(2);
return out;

// === the handler of a stored promise makes a call after what stands below
const q = Promise.resolve(4).then((n) => p.write(n));
await p.read(1);
const r = p.read(2).then((n) => p.write(n + n));
await p.flaky({ key: 'once', times: 0 });
return [await q, await r];

// === literals with methods and accessors over a loop variable await
const out = [];
for (let i = 0; i < 3; i++) {
  const q = await p.read(0);
  out.push({ a: (await Promise.resolve(3)), get c() { return i }, m() { return i + q } });
  await p.read(i);
}
return out.map((o) => [o.a, o.c, o.m()]);

// === a function over a loop variable is called like its member or its variable
const out = [];
let f, g = null;
for (const n of [1, 2]) {
  out.push({ b: await p.read(n), f: () => n, 'a-b': class { v = n }, __proto__: () => n, named: function own() { return n } });
  f = () => n;
  g ??= () => n;
  const { d = () => n } = {};
  out.push(d);
  await p.write(f.name + g.name);
}
return out.map((o) => typeof o === 'function' ? [o.name, o()] : [o.f.name, o['a-b'].name, new o['a-b']().v, Object.getPrototypeOf(o).name, o.named.name, o.f()]);


// === what stands before a comma is an expression, whatever it begins with
const out = [];
const n = [({ a: 2, b: 'u' }, await p.read(1)), ({ async am(x) { return x } }, await p.read(2))];
if (({ b: 'v', a: out.push('object') }, await p.read(0))) out.push('no');
out.push((function () { return 3 }, await p.read(3)), (async function () {}, await p.read(4)), (class { static { out.push('class') } }, await p.read(5)));
out.push((function () { out.push('called') }(), await p.read(6)), ({ get x() { return out.push('got') } }.x, await p.read(7)));
for (let i = ({}, await p.read(0)); ({}, i < await p.read(2)); ({ i }, i += await p.read(1))) out.push(i);
return [n, out];
