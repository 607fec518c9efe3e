// === continue to an outer loop from inside a switch inside try
const out = [];
outer: for (const a of [1, 2, 3]) {
  for (const b of ['x', 'y']) {
    try {
      switch (await p.read(a + b)) { case '1x': continue outer; case '2y': break outer; default: out.push(a + b) }
    } finally { out.push('f' + a + b) }
  }
}
return out;

// === a labelled do loop whose continue tests the condition
let n = 0;
const out = [];
again: do { n++; for (;;) { if ((await p.read(n)) % 2) continue again; out.push(n); break } } while (n < 5);
return out;

// === continue in a for loop runs the update, also through finally
const out = [];
loop: for (let i = 0; i < 5; i++, out.push('u' + i)) {
  try { if (i === 1) continue; if (i === 3) continue loop; await p.read(i) } finally { await p.write('f' + i) }
}
return out;

// === break out of a labelled block from a nested loop skips the rest of the block
const out = [];
block: {
  for (const x of [1, 2, 3]) { out.push(await p.read(x)); if (x === ctx.input) break block }
  out.push('not found');
  await p.write('after loop');
}
out.push('end');
return out;
// input: 2
// input: 9

// === labels may be nested, reused one after the other and shadowed by functions
const out = [];
a: b: c: for (;;) { out.push(await p.read(1)); break b }
a: for (const x of [1, 2]) { if (x === 1) continue a; out.push(await p.read(x)) }
const f = async () => { a: for (;;) { await p.read('in f'); break a } return 'f' };
a: { out.push(await f()); break a }
return out;

// === a label on an if and on a try
const out = [];
one: if (await p.read(true)) { out.push('in'); if (ctx.input) break one; out.push('through'); await p.write('rest') }
two: try { await p.read('t'); if (ctx.input) break two; throw new Error('x') } catch (e) { out.push(e.message) } finally { out.push('fin') }
return out;
// input: true
// input: false

// === break from finally over a return and a throw on their way
const out = [];
l: { try { await p.read(1); return 'lost' } finally { out.push('f'); break l } }
m: for (const x of [1, 2]) { try { await p.read(x); throw new Error('lost') } finally { out.push(x); continue m } }
return out;


// === jumps leave three loops and close their iterators from inside out
const log = [];
const it = (name) => ({ [Symbol.iterator]() { let n = 0; return { next: () => ({ value: name + n++, done: n > 3 }), return() { log.push('close ' + name); return {} } } } });
outer: for (const a of it('a')) {
  for (const b of it('b')) {
    for (const c of it('c')) {
      log.push(await p.read(a + b + c));
      if (c === 'c0' && b === 'b1') continue outer;
      if (a === 'a1') break outer;
      break;
    }
  }
}
return log;
