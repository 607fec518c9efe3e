// === all keeps the order of its arguments and takes plain values and promises
const r = await Promise.all([3, p.read('a'), Promise.resolve('b'), { then: (ok) => ok('c') }, p.write('d'), null]);
return r;

// === all of nothing, of a set, of a text and of a generator
function* g() { yield p.read(1); yield 2 }
return [await Promise.all([]), await Promise.all(new Set([p.read('s')])), await Promise.all('ab'), await Promise.all(g())];

// === all of something that can not be iterated rejects
const out = [];
try { await Promise.all(await p.read(5)) } catch (e) { out.push(e.name) }
try { await Promise.all() } catch (e) { out.push(e.name) }
return out;

// === the sync parts of mapped callbacks all run before any answer
const log = [];
await Promise.all([1, 2, 3].map(async (x) => { log.push('pre ' + x); await p.read(x) }));
const seen = new Set();
const r = await Promise.all(['a', 'b', 'a'].map(async (x) => { if (seen.has(x)) return 'dup'; seen.add(x); return await p.read(x) }));
return [log, r];

// === allSettled of effects, values and failures keeps order and reasons
const r = await Promise.allSettled([p.read(1), p.fail('x'), 2, Promise.reject(3), (async () => { await p.read('in'); throw new RangeError('r') })()]);
return r.map((s) => (s.status === 'fulfilled' ? s.value : (s.reason?.message ?? s.reason)));

// === all inside all, with destructuring
const [[a, b], { c }, d] = await Promise.all([Promise.all([p.read(1), p.read(2)]), p.read({ c: 3 }), Promise.all([[4]])]);
return [a, b, c, d];

// === the first failure of all wins even when others succeed later
const out = [];
try { await Promise.all([p.write(1), p.fail('lost the race or not'), p.write(2)]); out.push('never') } catch (e) { out.push(e.message) }
out.push(await p.read('after'));
return out;

// === race of settled promises takes the first in the list
const r = [await Promise.race([Promise.resolve('a'), Promise.resolve('b')]), await Promise.race(['plain', p.read('slow')]), await Promise.any([Promise.reject(1), p.read('any')])];
return r;

// === batches in a loop with a shared counter
let started = 0;
const out = [];
for (let i = 0; i < 5; i += 2) {
  const batch = [10, 20, 30, 40, 50].slice(i, i + 2);
  out.push(await Promise.all(batch.map((x, j) => (started++, p.read(x + j)))));
}
return [out, started];

// === an object of promises is collected by entries
const jobs = { a: p.read(1), b: p.write(2), c: 3 };
const done = Object.fromEntries(await Promise.all(Object.entries(jobs).map(async ([k, v]) => [k, await v])));
return done;

// === parallel helpers with two effects each write to their own place
const results = {};
const job = async (name) => { const v = await p.read(name); results[name] = await p.write(v + v) };
await Promise.all(['x', 'y', 'z'].map(job));
return Object.entries(results).sort();

// === a parallel map whose callback catches its own errors
const r = await Promise.all([1, 2, 3].map(async (x) => { try { if (x === 2) await p.fail('two'); return await p.read(x) } catch (e) { return e.message } finally { console.log('done') } }));
return r;

// === effects started early and awaited in reverse order
const a = p.read('a'), b = p.read('b');
const rb = await b, ra = await a;
return [ra, rb, await Promise.all([a, b])];
