// === upsert with matching, paging and a summary
const p2 = p;
const fetchPage = async (cursor) => await p.read({ items: Array.from({ length: 3 }, (_, i) => ({ id: cursor * 3 + i, email: `u${(cursor * 3 + i) % 5}@x` })), next: cursor < 2 ? cursor + 1 : null });
const index = new Map();
const stats = { created: 0, updated: 0, skipped: 0 };
for (let cursor = 0; cursor !== null;) {
  const { items, next } = await fetchPage(cursor);
  for (const { id, email } of items) {
    const known = index.get(email);
    if (known === undefined) { index.set(email, (await p2.write({ create: email })).create); stats.created++ }
    else if (id % 2) { await p2.write({ update: email, id }); stats.updated++ }
    else stats.skipped++;
  }
  cursor = next;
}
return { stats, emails: [...index.keys()] };

// === a saga with compensation in reverse order
const undo = [];
const step = async (name, action, compensate) => { const r = await action(); undo.unshift([name, compensate]); return r };
try {
  await step('stock', () => p.write('reserve'), () => p.write('release'));
  await step('card', () => p.write('charge'), () => p.write('refund'));
  await step('ship', () => p.fail('no carrier'), () => p.write('never'));
  return 'ok';
} catch (e) {
  for (const [name, compensate] of undo) { try { await compensate() } catch (inner) { console.error(name, inner.message) } }
  throw new Error(`rolled back: ${e.message}`, { cause: e });
}

// === a state machine with a transition table
const table = { idle: { start: 'running' }, running: { pause: 'paused', stop: 'done' }, paused: { start: 'running' } };
let state = 'idle';
const trail = [];
for (const event of await p.read(['start', 'pause', 'bogus', 'start', 'stop', 'start'])) {
  const next = table[state]?.[event];
  if (!next) { trail.push(`${event}?`); continue }
  switch (next) { case 'running': await p.write(`enter ${next}`); break; case 'done': trail.push(await p.write('finish')); default: trail.push(next) }
  state = next;
}
return { state, trail };

// === csv parsing, validation errors collected, rows posted in batches
const csv = await p.read('id,name,qty\n1,"Smith, J",3\n2,Bob,x\n3,"A ""q""",5\n');
const parse = (line) => { const out = []; let cur = '', q = false; for (let i = 0; i < line.length; i++) { const c = line[i]; if (q) { if (c === '"') { if (line[i + 1] === '"') { cur += c; i++ } else q = false } else cur += c } else if (c === '"') q = true; else if (c === ',') { out.push(cur); cur = '' } else cur += c } out.push(cur); return out };
const [header, ...lines] = csv.trim().split('\n').map(parse);
const rows = lines.map((cells) => Object.fromEntries(header.map((h, i) => [h, cells[i]])));
const errors = [], good = [];
for (const [i, row] of rows.entries()) (Number.isNaN(Number(row.qty)) ? errors : good).push(Number.isNaN(Number(row.qty)) ? { line: i + 2, row } : { ...row, qty: +row.qty });
for (let i = 0; i < good.length; i += 1) await p.write(good.slice(i, i + 1));
return { errors, posted: good.length };

// === rate limiting with a token bucket and waits
const bucket = { tokens: 2, refill() { this.tokens = 2 } };
const sent = [];
for (const x of [1, 2, 3, 4, 5]) {
  if (bucket.tokens-- === 0) { await fastn.sleep(1000); bucket.refill(); bucket.tokens-- }
  sent.push(await p.write(x));
}
return [sent, bucket.tokens];

// === retry with backoff as a helper taking a function
const retry = async (f, { times = 4, base = 10 } = {}) => {
  for (let i = 1; ; i++) {
    try { return await f(i) } catch (e) { if (i >= times || e.status !== 503) throw e; await fastn.sleep(base * 2 ** i) }
  }
};
const a = await retry(() => p.flaky({ key: 'a', times: 2 }));
const b = await retry(async (i) => [i, await p.flaky({ key: 'b', times: 1 })]).catch((e) => e.message);
const c = await retry(() => p.fail('fatal')).catch((e) => [e.message, e.status]);
return [a, b, c];

// === webhook fan out with partial failures
const targets = await p.read(['a', 'bad', 'c']);
const results = await Promise.allSettled(targets.map(async (t) => { if (t === 'bad') await p.fail('down ' + t); return (await p.write({ to: t, id: `${t}-1` })).id }));
const failed = results.flatMap((r, i) => (r.status === 'rejected' ? [[targets[i], r.reason.message, r.reason.status]] : []));
if (failed.length) await p.write({ alert: failed });
return { ok: results.filter((r) => r.status === 'fulfilled').map((r) => r.value), failed };

// === deduplication and counters in state
const out = [];
for (const id of ['x', 'y', 'x']) {
  const key = `seen:${id}`;
  if (await fastn.state.get(key)) { out.push(`${id} again`); continue }
  await fastn.state.set(key, { at: out.length }, { ttl: 60 });
  const n = ((await fastn.state.get('n', { scope: 'INVOCATION' })) ?? 0) + 1;
  await fastn.state.set('n', n, { scope: 'INVOCATION' });
  out.push(await p.write(`${id} ${n}`));
}
return [out, await fastn.state.get('n', { scope: 'INVOCATION' }), await fastn.state.delete('seen:x')];

// === a diff of two snapshots with nested comparison
const before = await p.read({ a: 1, b: { c: [1, 2] }, gone: true });
const after = await p.read({ a: 1, b: { c: [1, 3] }, fresh: null });
const diff = (x, y, path = '') => [...new Set([...Object.keys(x ?? {}), ...Object.keys(y ?? {})])].flatMap((k) => {
  const at = path ? `${path}.${k}` : k;
  if (Object.is(x?.[k], y?.[k])) return [];
  return typeof x?.[k] === 'object' && x[k] && typeof y?.[k] === 'object' && y[k] ? diff(x[k], y[k], at) : [[at, x?.[k], y?.[k]]];
});
for (const [at, from, to] of diff(before, after)) await p.write(`${at}: ${from} -> ${to}`);
return diff(before, after);

// === a report that aggregates, formats and mails
const sales = await p.read([{ region: 'N', amount: 10.5 }, { region: 'S', amount: 7 }, { region: 'N', amount: 4.25 }]);
const totals = sales.reduce((acc, { region, amount }) => { acc[region] = (acc[region] ?? 0) + amount; return acc }, {});
const fmt = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const lines = Object.entries(totals).sort(([, x], [, y]) => y - x).map(([r, v]) => `${r.padEnd(3, '.')}${fmt.format(v)}`);
for (const to of ['ada', 'bob']) await p.write({ to, body: lines.join('\n') });
return lines;

// === date windows until now are walked
const day = 86_400_000;
const windows = [];
for (let from = Date.UTC(2026, 1, 26), to; from < Date.UTC(2026, 2, 3); from = to) {
  to = Math.min(from + 2 * day, Date.UTC(2026, 2, 3));
  const label = new Date(from).toISOString().slice(0, 10);
  windows.push([label, (await p.read({ from, to })).to - from]);
}
return windows;
