// === for of reads next once and done before value
const log = [];
const source = { [Symbol.iterator]() { log.push('open'); return { get next() { log.push('get next'); let n = 0; return () => { const i = n++; return { get done() { log.push('done'); return i === 2 }, get value() { log.push('value'); return i } } } }, get return() { log.push('get return'); return undefined } } } };
for (const x of source) log.push(await p.read(x));
return log;

// === an iterator without return is left by break without complaint
let n = 0;
const it = { [Symbol.iterator]() { return this }, next: () => ({ value: n++, done: false }) };
for (const x of it) { if ((await p.read(x)) === 2) break }
return n;

// === return of an iterator that gives no object is an error on break but not on throw
const log = [];
const it = () => ({ [Symbol.iterator]() { return this }, next: () => ({ value: 1, done: false }), return: () => 5 });
try { for (const x of it()) { await p.read(x); break } } catch (e) { log.push(e.name) }
try { for (const x of it()) { await p.read(x); throw new RangeError('own') } } catch (e) { log.push(e.name) }
return log;

// === an error in the assignment target closes the iterator
const log = [];
const it = { [Symbol.iterator]() { return this }, next: () => ({ value: {}, done: false }), return() { log.push('closed'); return {} } };
try { for (const { a: { b } } of it) await p.read('never') } catch (e) { log.push(e.name) }
try { for (null.x of it) await p.read('never') } catch (e) { log.push(e.name) }
const frozen = Object.freeze({ v: 0 });
try { for (frozen.v of it) await p.read('never') } catch (e) { log.push(e.name) }
await p.read('end');
return log;

// === a throwing next does not close the iterator
const log = [];
let n = 0;
const it = { [Symbol.iterator]() { return this }, next() { if (n++ === 1) throw new Error('next'); return { value: n, done: false } }, return() { log.push('never'); return {} } };
try { for (const x of it) log.push(await p.read(x)) } catch (e) { log.push(e.message) }
return log;

// === the expression of for of is evaluated once in an outer scope
let x = 'outer', n = 0;
const list = () => (n++, [x, 'b']);
const seen = [];
for (const x of (await p.read(0), list())) seen.push(await p.read(x));
return [seen, n, x];

// === arrays are iterated live: pushed and shortened while a call waits
const xs = ['a', 'b', 'c'];
const seen = [];
for (const x of xs) {
  seen.push(x);
  await p.read(x);
  if (x === 'a') xs.push('d');
  if (x === 'b') xs.splice(2, 1);
}
return [seen, xs];

// === a patched array iterator is used
const xs = [1, 2, 3];
xs[Symbol.iterator] = function* () { yield* ['p', 'q'] };
const seen = [];
for (const x of xs) seen.push(await p.read(x));
const [first] = xs;
return [seen, first, [...xs], Array.from(xs)];

// === typed arrays, arguments and strings with pairs are iterated in steps
const seen = [];
for (const b of new Uint8Array([250, 251])) seen.push(await p.read(b));
for (const a of (function () { return arguments })('x', 'y')) seen.push(await p.read(a));
for (const c of '\u{1F600}e\u0301\ud83d') seen.push(c.length, await p.read(c === '\ud83d'));
return seen;

// === a map that is cleared and filled again while it is iterated
const m = new Map([[1, 'a'], [2, 'b']]);
const seen = [];
for (const [k] of m) {
  seen.push(await p.read(k));
  if (k === 1) { m.clear(); m.set(7, 'x').set(8, 'y') }
  if (k === 8 && m.size < 4) m.set(9, 'z');
}
return [seen, [...m]];

// === a set that grows by what it visits
const todo = new Set([1]);
for (const x of todo) { for (const y of await p.read([x * 2, x * 3])) if (y < 15) todo.add(y) }
return [...todo];

// === two nested loops over the same map
const m = new Map([['a', 1], ['b', 2], ['c', 3]]);
const seen = [];
for (const [k] of m) {
  for (const [l, v] of m) {
    if (l === 'b') m.delete('b');
    seen.push(await p.read(k + l + v));
  }
}
return seen;

// === for in walks integer keys first, then texts in order of creation, then the prototype
const base = { z: 1, 3: 1 };
const o = Object.assign(Object.create(base), { b: 1, 10: 1, a: 1, 2: 1, '01': 1, [-1]: 1 });
const seen = [];
for (const k in o) seen.push(await p.read(k));
return seen;

// === for in over arrays, texts, functions and primitives
const seen = [];
for (const k in Object.assign(['x', , 'y'], { extra: 1 })) seen.push(await p.read(k));
for (const k in 'ab') seen.push(await p.read(k));
for (const k in Object.assign(() => 1, { prop: 1 })) seen.push(await p.read(k));
for (const k in 5) seen.push(await p.read(k));
for (const k in undefined) seen.push(await p.read(k));
return seen;

// === for in passes keys that become hidden, own and inherited ones
const base = { a: 1, d: 1, e: 1 };
const o = Object.assign(Object.create(base), { a: 1, b: 2, c: 3 });
const seen = [];
for (const k in o) {
  seen.push(await p.read(k));
  if (k === 'a') { Object.defineProperty(o, 'b', { enumerable: false }); Object.defineProperty(base, 'e', { enumerable: false }) }
}
return seen;

// === for in assigns to a member and to an outer variable
const o = { last: null };
let k = 'start';
for (o.last in { x: 1, y: 2 }) await p.read(o.last);
for (k in { q: 1 }) await p.write(k);
for ([k, o.rest] in { ab: 1 }) await p.write(k);
return [o, k];

// === entries, keys and values of arrays and objects as loop sources
const seen = [];
for (const [i, x] of ['a', 'b'].entries()) seen.push(await p.read(i + x));
for (const i of [5, 6].keys()) seen.push(await p.read(i));
for (const [k, v] of Object.entries({ x: 1, 0: 2 })) seen.push(await p.read([k, v]));
for (const m of 'a1b2'.matchAll(/[a-z](\d)/g)) seen.push(await p.read(m[1]));
return seen;

// === iterator helpers are lazy between calls
const log = [];
function* source() { for (let i = 1; ; i++) { log.push('pull ' + i); yield i } }
const it = source().filter((x) => x % 2).map((x) => x * 10).take(3);
const out = [];
for (const x of it) out.push(await p.read(x));
return [out, log];

// === a loop over an iterator that another step advances
const it = [1, 2, 3, 4, 5][Symbol.iterator]();
const out = [];
for (const x of it) { out.push([x, it.next().value]); await p.read(x) }
return out;

// === the head of for of sees its own variables as dead
const log = [];
let y = [1];
try { for (const y of y) await p.read(y) } catch (e) { log.push(e.name) }
try { for (let y in { [y]: 1 }) await p.read(y) } catch (e) { log.push(e.name) }
return [await p.read('z'), log];
