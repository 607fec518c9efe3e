// === effects in a row keep their order
// nodes: 2
const a = await p.read(1);
const b = await p.write(a + 1);
return [a, b];

// === the last effect of a statement stays in it
// nodes: 1
const total = (await p.read({ v: 20 })).v + 22;
return total;

// === an operand before an effect is read before it
// nodes: 2
let a = 1;
const bump = async () => { a = 10; return 5 };
const g = () => 100;
return a + g() + (await p.read(await p.read(1))) + a;

// === a call reads callee and arguments before a later effect
// nodes: 2
let f = (...xs) => xs.join();
let x = 1;
const r = f(x, await p.read(2), (x = 7, x), await p.read(x));
f = null;
return r;

// === a method is read before its arguments and called with its object
// nodes: 2
const o = { n: 3, m(a, b) { return [this.n, a, b] } };
return o.m(await p.read('a'), await p.read('b'));

// === a member that is no function is named after its arguments ran
// nodes: 2
const o = {};
try { o.m(await p.read('a'), await p.read('b')) } catch (e) { return e.name }

// === compound assignment to a member reads the old value first
// nodes: 3
const o = { list: { k: 1 } };
const key = { toString() { console.log('key'); return 'k' } };
o.list[key] = o.list.k + (await p.read(4)) + (await p.read(5));
await p.write(o);
return o;

// === compound assignment to a variable loses updates made meanwhile
// nodes: 2
let x = 1;
x += (await p.read(1), x = 50, await p.read(2));
return x;

// === and: the right side runs only when needed
// nodes: 2
const a = ctx.input && (await p.read('right'));
const b = !ctx.input && (await p.read('other'));
return [a, b];
// input: true
// input: 0
// input: "yes"

// === or and nullish coalescing
// nodes: 3
const a = ctx.input || (await p.read('or'));
const b = ctx.input ?? (await p.read('nullish'));
const c = (ctx.input ?? null) || (await p.read(null)) || 'none';
return [a, b, c];
// input: 0
// input: null
// input: "x"

// === a ternary picks one effect
// nodes: 2
const a = ctx.input > 3 ? await p.read('big') : await p.write('small');
return a;
// input: 5
// input: 1

// === a returned ternary
// nodes: 1
return ctx.input ? await p.read('yes') : 'no';
// input: true
// input: false

// === logical assignment assigns only where it has to
// nodes: 3
const o = { set a(v) { console.log('set', v); this._a = v }, get a() { return this._a } };
o.a ??= await p.read(1);
o.a ??= await p.read(2);
let x = 0;
x ||= await p.read(3);
return [o._a, x];

// === a template converts each part at its place
// nodes: 2
let n = 0;
const o = { toString() { return 'n' + n++ } };
const s = `${o}-${await p.read('a')}-${o}-${await p.read('b')}-${n}`;
return s;

// === an object literal evaluates in order
// nodes: 3
let i = 0;
const o = { a: i++, [`k${i++}`]: await p.read('x'), b: i++, ...{ c: i++ }, d: await p.read('y'), e: i };
await p.write(o);
return o;

// === array spread before a later effect is taken at its place
// nodes: 2
const xs = [1, 2];
const all = [...xs, await p.read(3), 4, ...xs, await p.read(5)];
return all;

// === an optional chain with an effect inside is one step
// nodes: 1
const o = ctx.input;
return o?.f?.[await p.read('k')] ?? 'none';
// input: null
// input: {"f": {"k": 4}}

// === the head of an optional chain
// nodes: 1
const name = (await p.read(ctx.input))?.name?.first;
return name;
// input: {"name": {"first": "Ada"}}
// input: null

// === new evaluates its arguments like a call
// nodes: 2
class Point { constructor(x, y) { this.x = x; this.y = y } }
return new Point(await p.read(1), await p.read(2));

// === a tagged template is one step
// nodes: 1
const tag = (parts, ...values) => parts.raw.join('|') + values.join();
return tag`a${1}b${await p.read(2)}c`;

// === a sequence runs in order
// nodes: 2
let log = [];
const v = (log.push(1), await p.read('a'), log.push(2), await p.read('b'), log.length);
return [v, log];

// === typeof, not and unary minus around effects
// nodes: 3
return [typeof (await p.read(1)), !(await p.read(0)), -(await p.read(4))];

// === delete with an effect inside
// nodes: 1
const o = { k: 1, l: 2 };
delete o[await p.read('k')];
return o;

// === destructuring takes an effect's value apart
// nodes: 1
const { a, b: [c = 5, ...rest], ...others } = await p.read({ a: 1, b: [undefined, 2, 3], z: 9 });
return { a, c, rest, others };

// === a default value that is an effect runs only when needed
// nodes: 1
const { a = await p.read('default'), b = 2 } = ctx.input;
return { a, b };
// input: {"a": 1}
// input: {}

// === assignment patterns swap after an effect
// nodes: 1
let a = 1, b = 2, o = {};
[a, b, o.c] = [b, a, await p.read(3)];
return [a, b, o];

// === an error in the middle of an expression keeps the effects before it
// nodes: 3
const x = [await p.read(1), await p.fail('boom'), await p.read(2)];
return x;

// === await of plain values stays in its step
// nodes: 1
const a = await 5;
const b = await Promise.resolve(a + 1);
return [a, b, await p.read(b)];

// === dynamic access to connectors
// nodes: 1
const slug = 'probe', action = ctx.input;
return await fastn.connector[slug][action](7);
// input: "read"
// input: "write"

// === comma declarations keep their order
// nodes: 2
let a = await p.read(1), b = a + 1, c = await p.write(b);
return [a, b, c];

// === exponent and string building around effects
// nodes: 2
let x = 2;
x **= await p.read(3);
let s = 'a';
s += await p.read('b');
return x + s;

// === in and instanceof
// nodes: 2
return ['k' in (await p.read({ k: 1 })), (await p.read([])) instanceof Array];
