// === a value on its way through finally is kept while finally makes effects
const f = async (x) => { try { if (x) return await p.read('v'); throw new Error('e') } finally { await p.write('1'); await p.write('2') } };
const out = [await f(true)];
try { await f(false) } catch (e) { out.push(e.message) }
try { return [...out, await p.read('main')] } finally { await p.write('last') }

// === finally sees and changes variables, not the returned primitive
let n = 1;
const o = { v: 1 };
const f = async () => { try { await p.read(0); return [n, o] } finally { n = 100; o.v = 100 } };
const r = await f();
return [r, n];

// === an error in catch goes through its own finally
const log = [];
try {
  try { await p.fail('a') } catch (e) { log.push(e.message); await p.read(1); JSON.parse('{') } finally { log.push('inner'); await p.write('i') }
} catch (e) { log.push(e.name) } finally { log.push('outer') }
return log;

// === try without catch in a loop, left by continue, break and the end
const log = [];
for (let i = 0; ; i++) {
  try { if (i === 1) continue; if (i === 3) break; log.push(await p.read(i)) } finally { log.push('f' + i) }
}
return log;

// === finally that throws in a loop ends the loop
const log = [];
try { for (const x of [1, 2, 3]) { try { log.push(await p.read(x)); continue } finally { if (x === 2) throw new Error('from finally') } } } catch (e) { log.push(e.message) }
return log;

// === nested finally blocks run from inside out for a return in the middle
const log = [];
const f = async () => {
  try { log.push('a'); try { log.push('b'); try { return await p.read('r') } finally { log.push('1'); await p.write(1) } } finally { log.push('2') } } finally { log.push('3'); await p.write(3) }
};
return [await f(), log];

// === a finally with its own try and loop
const log = [];
try { await p.fail('main') } catch (e) { log.push(e.message) } finally {
  for (const x of ['a', 'b']) { try { await p.fail('clean ' + x) } catch (e) { log.push(e.message) } finally { log.push('done ' + x) } }
}
return log;

// === an empty finally and an empty catch
const log = [];
try { await p.fail('x') } catch {} finally {}
try { log.push(await p.read(1)) } finally {}
try {} finally { log.push(await p.read(2)) }
try {} catch (e) { await p.write('never') }
return log;

// === return without value in finally drops an error
const f = async () => { try { await p.fail('dropped') } finally { return } };
return [await f()];

// === catch parameter shadows and is assigned
const e = 'outer';
const log = [];
try { await p.fail('inner') } catch (e) { log.push(e.message); e = await p.read('changed'); log.push(e); { let e = 'deep'; log.push(e) } }
return [log, e];

// === var in catch and finally belongs to the function
try { await p.fail('x') } catch (e) { var a = e.message; var e2 = await p.read('e2') } finally { var b = await p.read('b') }
return [a, e2, b];

// === a lock is released on each way out and taken again
const lock = { held: 0, log: [] };
const withLock = async (name, f) => { lock.held++; try { return await f() } finally { lock.held--; lock.log.push(name); await p.write('unlock ' + name) } };
const r = [];
r.push(await withLock('a', () => p.read(1)));
try { await withLock('b', async () => { await p.fail('in b') }) } catch (e) { r.push(e.message) }
r.push(await withLock('c', () => withLock('d', () => 'nested')));
return [r, lock];
