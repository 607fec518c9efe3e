// === keys keep the order integer, text, symbol through effects and copies
const s = Symbol.for('s');
const o = { b: await p.read(1), 2: 'two', [s]: 's', a: await p.read(2), 1: 'one' };
delete o.b;
o.b = await p.read(3);
return [Object.keys(o), Reflect.ownKeys({ ...o }).length, JSON.stringify(o), Object.entries(Object.assign({ z: 0 }, o))];

// === getters and setters that keep their own state across steps
const log = [];
const o = { _n: 0, get n() { log.push('get'); return this._n++ }, set n(v) { log.push('set ' + v); this._n = v } };
o.n = await p.read(5);
o.n += await p.read(1);
o.n ||= await p.read('never');
await p.write(o._n);
const { n, n: m } = o;
return [n, m, o._n, log];

// === defineProperty with accessors, non-writable and non-configurable members
const o = {};
Object.defineProperties(o, { fixed: { value: 1, enumerable: true }, calc: { get() { return this.base * 2 }, configurable: true }, hidden: { value: 'h', writable: true } });
o.base = await p.read(4);
const out = [];
try { o.fixed = await p.read(2) } catch (e) { out.push(e.name) }
try { o.calc = await p.read(2) } catch (e) { out.push(e.name) }
o.hidden = await p.read('new');
try { delete o.fixed } catch (e) { out.push(e.name) }
return [out, o.fixed, o.calc, o.hidden, Object.keys(o), Object.getOwnPropertyDescriptor(o, 'hidden')];

// === __proto__ as a literal key, a computed key, a shorthand and a member
const base = { inherited: true };
const __proto__ = 'shorthand';
const a = { __proto__: base, own: await p.read(1) }, b = { ['__proto__']: base }, c = { __proto__ };
a.__proto__ = { other: 1 };
await p.read(2);
return [a.inherited, a.other, Object.keys(b), Object.keys(c), c.__proto__];

// === Object.freeze, seal and preventExtensions are kept over a wait
const f = Object.freeze({ list: [1] }), s = Object.seal([1, 2]), n = Object.preventExtensions({ a: 1 });
await fastn.sleep(10);
const out = [];
for (const act of [() => { f.x = 1 }, () => { f.list.push(2) }, () => { s[0] = 9 }, () => { s.push(3) }, () => { n.b = 1 }, () => { delete n.a }]) { try { act(); out.push('ok') } catch (e) { out.push(e.name) } }
return [out, f, s, n, Object.isFrozen(f), Object.isSealed(s), Object.isExtensible(n)];

// === array length, holes and negative indexes
const xs = [1, 2, 3];
xs[5] = await p.read(6);
xs[-1] = 'neg';
xs.length = 4;
await p.write(xs.length);
xs[xs.length] = 'end';
return [xs, xs.length, 3 in xs, xs[-1], xs.indexOf(undefined), xs.includes(undefined), Object.keys(xs)];

// === symbols: own, registered, well-known, as keys of maps and members
const own = Symbol('own'), m = new Map([[own, 1]]), o = { [own]: { deep: 1 }, [Symbol.for('r')]: 2 };
await p.read(0);
m.set(own, m.get(own) + 1);
o[own].deep += await p.read(1);
return [m.get(own), o[own].deep, o[Symbol.for('r')], own.toString(), Object.getOwnPropertySymbols(o).length, Symbol.keyFor(Symbol.for('r'))];

// === toPrimitive, valueOf and toString decide what operators see
const log = [];
const o = { valueOf() { log.push('v'); return 7 }, toString() { log.push('s'); return 'str' } };
const d = { [Symbol.toPrimitive]: (h) => (log.push(h), h === 'number' ? 1 : h) };
const r = [o + (await p.read(1)), `${o}${await p.read('t')}`, o * (await p.read(2)), o == (await p.read(7)), [o] + '', d + (await p.read('x')), d - (await p.read(1)), { str: 1 }[o]];
return [r, log];

// === with the same object as key, value and receiver
const o = { self: null, list: [] };
o.self = o;
o.list.push(o, o.list);
const m = new Map([[o, o]]), w = new WeakMap([[o, 'weak']]);
await p.read(1);
o.self.n = await p.read(2);
return [o.list[0] === o, o.list[1] === o.list, m.get(o).n, w.get(o.self), m.has({ ...o })];

// === object spread and assign call getters once and setters by assign only
const log = [];
const src = { get a() { log.push('get a'); return 1 } }, dst = { set a(v) { log.push('set ' + v) } };
const copy = { ...src, b: await p.read(2) };
Object.assign(dst, src);
return [copy, Object.getOwnPropertyDescriptor(copy, 'a').value, log];

// === proxies with traps that are asked between effects
const log = [];
const t = { a: 1 };
const o = new Proxy(t, { get: (x, k, r) => (log.push('get ' + String(k)), Reflect.get(x, k, r)), set: (x, k, v) => (log.push('set ' + k), Reflect.set(x, k, v)), has: (x, k) => (log.push('has ' + k), k in x), ownKeys: (x) => (log.push('keys'), Reflect.ownKeys(x)), deleteProperty: (x, k) => (log.push('delete ' + k), delete x[k]) });
o.b = (await p.read(2)) + o.a;
'b' in o;
for (const k in o) await p.read(k);
delete o[await p.read('a')];
return [log, t];

// === template objects are the same each time their place is reached
const tag = (s) => s;
const places = [];
for (const x of [1, 2, 3]) { places.push(tag`a${x}b`); await p.read(x) }
const f = (x) => tag`c${x}`;
const other = f(await p.read(1)) === f(2);
return [places[0] === places[2], Object.isFrozen(places[0]), places[0].raw, other];

// === labels, ids and names that look like the compiler's own
const $ = await p.read(1), $1 = 2, $c1 = 3, _ = 4, $tmp = { $: 5 };
for (const $v of [1, 2]) { const $$ = await p.read($v); { const $ = $$ + $1; await p.write($) } }
return [$, $1, $c1, _, $tmp];

// === keywords as member names and contextual words as variables
const async = await p.read(1), of = [2, 3], get = 4, set = 5, from = 6, as = 7;
const o = { async, of, get, set, await: 1, yield: 2, class: 3, new: 4, default: 5, async async() { return await p.read('a') }, get get() { return 'g' }, *gen() { yield 1 } };
const out = [];
for (const x of of) out.push(await p.read(x));
return [out, o.await + o.yield + o.class + o.new + o.default, await o.async(), o.get, [...o.gen()], from + as, async];
