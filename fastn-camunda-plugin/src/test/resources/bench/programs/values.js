// === maps and sets change while they are iterated
const log = [];
const m = new Map([['a', 1], ['b', 2], ['c', 3]]);
for (const [k, v] of m) { if (k === 'a') { m.delete('b'); m.set('d', 4) } if (v === 3) m.set('a', 9); log.push(await p.read(k + v)) }
const s = new Set([1, 2, 3]);
for (const x of s) { if (x < 5) { s.delete(x); s.add(x + 3) } log.push(await p.read(x)) }
return [log, m, s];

// === arrays change while they are iterated
const log = [];
const a = [1, 2, 3, 4];
for (const x of a) { if (x === 2) a.splice(0, 1); log.push(await p.read(x)) }
for (const [i, x] of a.entries()) { if (i === 0) a.length = 2; log.push(await p.read([i, x])) }
for (const k in a) { a.pop(); log.push(await p.read(k)) }
return [log, a];

// === two loops share one iterator
const it = [1, 2, 3, 4, 5, 6][Symbol.iterator]();
const out = [];
for (const x of it) { out.push(await p.read(x)); if (x === 2) break }
for (const x of it) out.push(await p.read(x * 10));
const m = new Map([[1, 2], [3, 4]]).values();
m.next();
await p.write(0);
return [out, [...m]];

// === sparse arrays keep their holes
const a = [1, , 3];
a[6] = await p.read(7);
delete a[0];
await p.write(a.length);
const seen = [];
for (const x of a) { seen.push(x === undefined ? 'u' : x); await p.read(0) }
return [a, 1 in a, 6 in a, seen, Object.keys(a), a.findIndex((x) => x === undefined)];

// === arrays with properties and objects with odd keys
const a = Object.assign([1, 2], { total: 3, '-1': 'neg' });
const o = { 10: 'ten', 2: 'two', b: 1, ['__proto__']: 'own', constructor: 'c', 'a b': 1, '': 'empty' };
await p.read(1);
o[1] = await p.read('one');
return [a, a.total, Object.keys(o), o.__proto__, o];

// === symbols as keys, registered and own
const own = Symbol('own');
const o = { [own]: 1, [Symbol.for('shared')]: 2, [Symbol.toStringTag]: 'Tagged' };
await p.read(1);
o[own]++;
const copy = { ...o };
await p.read(2);
return [o[own], copy[own], copy[Symbol.for('shared')], Object.prototype.toString.call(o), own.description];

// === big integers
let n = 2n ** 70n;
const ids = [9007199254740993n, -5n];
await p.read(1);
n += BigInt(await p.read('7'));
ids.push(BigInt.asIntN(8, 200n));
await p.write(String(n));
return [n, ids, typeof n, 7n / 2n, n > 5, 10n == 10];

// === special numbers
const a = [NaN, -0, 0, Infinity, -Infinity, 1e21, 5e-324, 0.1 + 0.2];
await p.read(1);
return [a, Object.is(a[1], -0), a.includes(NaN), a.indexOf(NaN), await p.read(a.map(String))];

// === dates live across steps and are changed in place
const d = new Date(Date.UTC(2026, 0, 31, 12));
const alias = { d };
await p.read(d);
d.setUTCMonth(1);
await p.write(d.toISOString());
alias.d.setUTCDate(1);
const invalid = new Date('nope');
await p.read(1);
return [d, alias.d === d, invalid.getTime(), d - new Date(0), JSON.stringify({ d }), new Date(d) > d];

// === the clock goes forward and durations are not negative
const t0 = Date.now();
await p.read(1);
const t1 = new Date();
await p.write(2);
const t2 = performance.now();
await p.read(3);
return [t1 >= t0, Date.now() >= t1.getTime(), performance.now() >= t2, typeof Date(), new Date(0).getTimezoneOffset()];

// === random values stay what they were
const r = Math.random();
const id = crypto.randomUUID();
const key = `${r} ${id}`;
await p.read(1);
const again = `${r} ${id}`;
await p.write('x');
return [key === again, r >= 0 && r < 1, id.length, Math.random() !== r];

// === regular expressions keep lastIndex across steps
const re = /(\w)(?<d>\d)/g;
const text = await p.read('a1 b2 c3');
const out = [];
let m;
while ((m = re.exec(text)) !== null) { out.push([m[1], m.groups.d, m.index, re.lastIndex]); await p.read(m[0]) }
const sticky = /x/y;
sticky.lastIndex = 1;
await p.read(0);
return [out, sticky.test('ax'), sticky.lastIndex, re.source, re.flags, text.replace(re, '$<d>$1')];

// === matches keep their extra properties
const m = /(?<y>\d+)-(\d+)/.exec(await p.read('on 2026-11'));
await p.write(m.groups.y);
return [m.index, m.input, m[2], { ...m.groups }, Array.isArray(m), m];

// === typed arrays share a buffer
const buffer = new ArrayBuffer(8);
const bytes = new Uint8Array(buffer), words = new Uint16Array(buffer, 2, 2), view = new DataView(buffer);
bytes.set(await p.read([1, 2, 3, 4]));
await p.read(1);
words[0] = 0x0506;
view.setInt8(7, -1);
await p.write([...bytes]);
return [[...bytes], words.length, bytes.buffer === view.buffer, view.getInt8(7), bytes.subarray(1, 3)];

// === cycles and shared objects
const a = { name: 'a' }, b = { name: 'b', a };
a.b = b;
a.self = a;
const list = [a, b, a];
list.push(list);
await p.read(1);
a.b.name = 'changed';
return [list, b.name, list[3] === list, list[0].self.b === b];

// === prototypes, null objects and property attributes
const bare = Object.create(null, { hidden: { value: 1 }, shown: { value: 2, enumerable: true } });
const child = Object.create({ inherited: 'i' });
child.own = 1;
const sealed = Object.seal({ a: 1 }), closed = Object.preventExtensions({ b: 1 });
await p.read(1);
sealed.a = 2;
const errors = [];
for (const f of [() => { bare.hidden = 2 }, () => { sealed.z = 1 }, () => { closed.z = 1 }, () => { delete sealed.a }]) { try { f() } catch (e) { errors.push(e.name) } }
return [bare.hidden, Object.keys(bare), child.inherited, Object.keys(child), 'inherited' in child, sealed, closed, errors];

// === weak maps, weak sets and proxies live across steps
const key = {}, secret = new WeakMap([[key, 1]]), tagged = new WeakSet([key]);
const log = [];
const proxy = new Proxy({ n: 1 }, { get: (t, k, r) => (log.push(String(k)), Reflect.get(t, k, r)), has: () => true });
proxy.n;
await p.read(1);
secret.set(key, secret.get(key) + 1);
proxy.n = (await p.read(5)) + proxy.n;
await p.write('x');
return [secret.get(key), tagged.has(key), proxy.n, 'anything' in proxy, log];

// === built-in functions and methods kept in variables
const { max } = Math, { stringify } = JSON, keys = Object.keys, push = [].push;
const list = [];
await p.read(1);
push.call(list, max(1, await p.read(4)), stringify({ a: 1 }));
const up = 'x'.toUpperCase;
await p.read(2);
return [list, keys({ q: 1 }), up.call('abc'), max === Math.max];

// === boxed values, arguments objects and iterators of strings
const box = [Object(1), Object('s'), Object(false), Object(2n)];
const args = (function () { return arguments })(1, 2);
const letters = 'ab😀c'[Symbol.iterator]();
letters.next();
await p.read(1);
return [typeof box[0], box[1].length, box[2] == false, [...args], args.length, [...letters]];

// === destructuring with defaults, nesting, rest and effects in order
const log = [];
const d = async (x) => { log.push(x); return await p.read(x) };
const { a = await d('a'), [await d('k')]: viaKey = await d('dk'), n: { deep: [first, , third = await d('third'), ...others] }, ...rest } = { k: undefined, n: { deep: [1, 2, undefined, 4, 5] }, x: 1, y: 2 };
let s, t;
[s, t = await d('t')] = [1];
[s, t] = [t, s];
({ s, ['t']: t = 5 } = { s: await d('s') });
return [a, viaKey, first, third, others, rest, s, t, log];

// === destructuring into members and swapping with effects
const o = { list: [1, 2, 3] };
[o.list[0], o.list[2]] = [o.list[2], await p.read(o.list[0])];
({ a: o.a, b: o['b' + 1] = await p.read('B') } = await p.read({ a: 'A' }));
for ({ id: o.id, v: o.v = await p.read('dv') } of [{ id: 1 }, { id: 2, v: 3 }]) await p.write(o);
return o;

// === spreads with effects keep their order
const f = (...xs) => xs;
const a = f(...(await p.read([1])), await p.read(2), ...[3, ...(await p.read([4]))]);
const o = { a: 0, ...(await p.read({ a: 1, b: 2 })), b: await p.read(3), ...null, ...'hi' };
return [a, o, Math.max(...(await p.read([3, 9, 2]))), [...new Set(await p.read([1, 1]))]];

// === computed keys, methods and accessors in one literal
let n = 0;
const key = async (k) => `${await p.read(k)}${n++}`;
const o = { [await key('a')]: 1, async [await key('b')]() { return await p.read('m') }, get [await key('c')]() { return n }, ['__proto__']: null };
return [Object.keys(o), await o.b1(), o.c2];

// === grouping, sorting and stable order
const rows = await p.read([{ k: 'b', v: 2 }, { k: 'a', v: 3 }, { k: 'b', v: 1 }, { k: 'c', v: 3 }]);
const groups = Object.groupBy(rows, (r) => r.k);
const sorted = rows.toSorted((x, y) => y.v - x.v);
await p.write(Object.keys(groups));
const by = Map.groupBy(rows, (r) => r.v > 1);
return [groups, sorted, by, rows.at(-1), rows.findLast((r) => r.v === 3), structuredClone(groups)];

// === url and base64 across steps
const u = new URL('https://x.example/a?b=1');
u.searchParams.append('c', await p.read('ä b'));
await p.write(u.href);
u.searchParams.delete('b');
const bytes = new TextEncoder().encode('hé');
await p.read(1);
return [u.href, [...u.searchParams], btoa('abc'), atob('YWJj'), [...bytes], new TextDecoder().decode(bytes)];

// === what read gives is a copy with hidden members
const sent = { list: [1] };
const got = await p.read(sent);
got.list.push(2);
await p.write(got);
return [sent, got, got.status, got.output === got, Object.keys(got), got.success];

// === results without a json form
const v = await p.read(1);
return { f: () => v, u: undefined, n: NaN, d: new Date(0), m: new Map([[1, 2]]), s: Symbol.iterator, toJSON: undefined };

// === a result with a big integer
return { id: BigInt(await p.read(5)) };

// === a result with a cycle
const o = { v: await p.read(1) };
o.o = o;
return o;
