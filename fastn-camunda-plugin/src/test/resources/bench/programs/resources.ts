// === using releases at the end of the block, in reverse order
const open = (name: string) => ({ name, [Symbol.dispose]() { console.log('closed', name) } });
export default async function () {
  using outer = open('outer');
  const seen: unknown[] = [];
  for (const n of [1, 2, 3]) {
    using a = open(`a${n}`), b = open(`b${n}`), nothing = null;
    if (n === 2) continue;
    seen.push(a.name, b.name, nothing, await fastn.connector.probe.read(n));
  }
  { using late = open('late'); await fastn.connector.probe.write(late.name) }
  return helper(seen) ?? outer;
  function helper(list: unknown[]) { return list.length > 0 ? list : undefined }
}

// === await using releases with effects
class Session implements AsyncDisposable {
  constructor(readonly id: unknown) {}
  static async begin(name: string) { return new Session(await fastn.connector.probe.read(name)) }
  async work(n: number) { if (n > 1) throw new RangeError(`too many for ${this.id}`); return await fastn.connector.probe.write([this.id, n]) }
  async [Symbol.asyncDispose]() { await fastn.connector.probe.write(`end ${this.id}`) }
}
export default async function (ctx: { input: number[] }) {
  const seen: unknown[] = [];
  try {
    await using first = await Session.begin('first');
    await using second = await Session.begin('second');
    for (const n of ctx.input) seen.push(await first.work(n), await second.work(n));
  } catch (e) { seen.push(String(e)) }
  await fastn.connector.probe.write('after');
  return seen;
}
// input: [0, 1]
// input: [1, 2]

// === errors of releases are kept together
const failing = (name: string) => ({ [Symbol.dispose]() { throw new Error(name) } });
export default async function () {
  try {
    using a = failing('a'), b = failing('b');
    await fastn.connector.probe.fail('body');
  } catch (e: any) {
    return [e.name, e.message, e.error.message, e.suppressed.error.message, e.suppressed.suppressed.message, e instanceof SuppressedError, e instanceof Error];
  }
}

// === using in heads of loops, in functions of all kinds and in switch blocks
const opened = (name: unknown) => ({ name, [Symbol.dispose]() { console.log('closed', name) } });
function* numbers() { using g = opened('generator'); yield 1; yield 2 }
const arrow = async (n: number) => { using r = opened(`arrow ${n}`); if (n > 1) return r.name; return await fastn.connector.probe.read(n) };
export default async function () {
  const seen: unknown[] = [];
  for (using each of [opened(1), opened(2), null]) { if (each === null) break; seen.push(await fastn.connector.probe.read(each.name)) }
  for await (await using each of [opened(3)]) seen.push(each.name);
  outer: for (using head = opened('head'); seen.length < 8; ) { for (;;) { seen.push(head.name); if (seen.length % 2) continue outer; if (seen.length > 9) break outer } }
  for (const n of numbers()) { if (n === 2) break; seen.push(n) }
  seen.push(await arrow(1), await arrow(2));
  switch (seen.length) { default: { using s = opened('switch'); seen.push(s.name) } }
  return seen;
}

// === what can not be released is an error at once
export default async function () {
  const seen: string[] = [];
  for (const value of [1, {}, { [Symbol.dispose]: 1 }, undefined] as any[]) {
    try { using v = value; seen.push(`ok ${v}`) } catch (e) { seen.push((e as Error).name) }
    try { await using v = value; seen.push(`ok ${v}`) } catch (e) { seen.push((e as Error).name) }
  }
  await fastn.connector.probe.write(seen);
  return seen;
}

// === using at the top of the module
const closed: string[] = [];
using module = { name: 'module', [Symbol.dispose]() { closed.push(this.name) } };
await using other = { name: 'other', async [Symbol.asyncDispose]() { closed.push(this.name) } };
const before = closed.length;
export default async function () { await fastn.connector.probe.write(before); return { closed, names: [module.name, other.name] } }
