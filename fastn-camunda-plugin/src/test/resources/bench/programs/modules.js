// === module constants, classes and functions around the export
const LIMITS = Object.freeze({ small: 10, large: 100 });
const seen = new Map();
let calls = 0;
class Meter { #n = 0; tick() { calls++; return ++this.#n } }
const meter = new Meter();
export default async function ({ input }) {
  const size = classify(input);
  await probe.write(size);
  seen.set(size, meter.tick());
  await probe.read(meter.tick());
  return [size, [...seen], calls, UNIT, later()];
}
const probe = fastn.connector.probe;
const UNIT = 'pcs';
function classify(n) { return n > LIMITS.large ? 'huge' : n > LIMITS.small ? 'large' : 'small' }
var later = () => 'later ' + UNIT;
// input: 5
// input: 500

// === clients under other names and aliases of their parts
const api = new Fastn({ connectors: { probe: { orgId: 'managed', connection: 'c1' } } });
const { connector, state: store } = api;
const { probe: { read, write: put } } = connector;
const kv = fastn.state;
export default async function (ctx) {
  const a = await read(1);
  const b = await put(2);
  await store.set('k', { a });
  const c = await kv.get('k');
  const { delete: drop } = store;
  const d = await drop('k');
  const via = api['connector']['probe']['read'];
  return [a, b, c, d, await via(3), await kv.get('k'), api.connectors.probe === connector.probe];
}

// === a client made in main and handed around
export default async function main(ctx) {
  const f = new Fastn();
  const use = async (client, ...args) => await client.connector.probe.read(args);
  const box = { client: f, list: [f.connector.probe] };
  const a = await use(box.client, 1, 2);
  const b = await box.list[0].write(a);
  const again = await main.helper(f);
  return [a, b, again, box.client === f];
}
main.helper = async (f) => await f.connector.probe.read('h');

// === the export is an arrow that calls an arrow
const steps = [async (x) => await fastn.connector.probe.read(x + 1), async (x) => await fastn.connector.probe.write(x * 2)];
const run = async (x) => { for (const s of steps) x = await s(x); return x };
export default async (ctx) => ({ out: await run(ctx.input), steps: steps.length });
// input: 4

// === a module constant is dead until its line has run
export default async function () {
  const p = fastn.connector.probe;
  await p.read(1);
  return [typeof helper, value(), LATE];
}
function helper() {}
const value = () => LATE + 1;
const LATE = 41;

// === module state survives in every mode
let total = 0;
const history = [];
const add = (x) => { total += x; history.push(total); return total };
export default async function (ctx) {
  const p = fastn.connector.probe;
  for (const x of ctx.input) { add(x); await p.write(total); add(await p.read(1)) }
  return { total, history };
}
// input: [5, 6, 7]

// === module code that throws
const config = JSON.parse('{"a": 1}');
const broken = config.missing.value;
export default async function () { await fastn.connector.probe.read(1); return broken }

// === exported functions beside the workflow
export const VERSION = 3;
export async function load(x) { return await fastn.connector.probe.read(x) }
export { load as again };
export default async function (ctx) { return [await load(VERSION), await load('b')] }

// === headers, input and execution can be read and input changed
export default async function (ctx) {
  const p = fastn.connector.probe;
  ctx.input.list.push(await p.read('x'));
  ctx.extra = 1;
  const { input, headers, execution } = ctx;
  await p.write(input);
  input.list.push('y');
  return [ctx.input, headers, typeof execution.id, ctx.extra, execution.attempt >= 1];
}
// input: {"list": [1]}

// === names of the sandbox are shadowed
export default async function (ctx) {
  const Map = await fastn.connector.probe.read('m');
  const console = { log: (x) => lines.push(x) }, lines = [];
  console.log(Map);
  { const fastn = { connector: { probe: { read: async (x) => 'fake ' + x } } }; lines.push(await fastn.connector.probe.read(1)) }
  const Promise = globalThis.Promise, Error = class extends TypeError {};
  await fastn.connector.probe.write(lines);
  try { throw new Error('e') } catch (e) { lines.push(e instanceof TypeError) }
  return [lines, Promise === globalThis.Promise, typeof Map];
}
