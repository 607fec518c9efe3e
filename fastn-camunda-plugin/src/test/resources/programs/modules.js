// === the default export is what a call gives
const p = fastn.connector.probe;
const logged = (f) => async (ctx) => { console.log('begin'); const r = await f(ctx); console.log('end'); return r; };
export default logged(async (ctx) => {
  const a = await p.read(ctx.input);
  await p.write(a + 1);
  return a * 2;
});
// input: 4

// === a function that was wrapped before it is exported by its name
const p = fastn.connector.probe;
async function run(ctx) { return { got: await p.read(ctx.input) }; }
const main = ((f) => (ctx) => f(ctx))(run);
export default main;
// input: 1

// === a variable that is set later is exported under the name default
const p = fastn.connector.probe;
// export default: at the end
let main;
main = async (ctx) => [await p.read(ctx.input)];
export { p as probe, main as default };
// input: 2

// === the last function a variable was set to is the workflow
const p = fastn.connector.probe;
let main = async () => 1;
main = async (ctx) => p.read({ second: ctx.input });
export default main;
// input: 3

// === a declared function that is replaced
export default function main(ctx) { return 'first'; }
main = async (ctx) => (await fastn.connector.probe.read(ctx.input)) + 1;
// input: 3

// === a conditional expression chooses the workflow
const fast = true;
export default fast ? async (ctx) => fastn.connector.probe.read(ctx.input) : async () => 0;
// input: 5

// === a method of an object is exported
const p = fastn.connector.probe;
const flows = { async sync(ctx) { await p.write(ctx.input); return 'synced'; } };
export default flows.sync;
// input: 5

// === a bound function is exported
async function run(ctx) { return this.factor * (await fastn.connector.probe.read(ctx.input)); }
export default run.bind({ factor: 3 });
// input: 7

// === the default export waits while the module is loaded
const make = async (n) => async (ctx) => n + (await fastn.connector.probe.read(ctx.input));
export default await make(10);
// input: 7

// === a workflow taken out of an object by a pattern
// export default: at the end
const { main } = { main: async (ctx) => fastn.connector.probe.read(ctx.input) };
export { main as default };
// input: 8

// === a sync arrow without body
export default (ctx) => ctx.input + 1;
// input: 1

// === a generator as workflow never runs its body
export default function* main(ctx) { yield ctx.input; }
// input: 1

// === code at the top of the module waits
const p = fastn.connector.probe;
const table = await p.read({ a: 1 });
export default async function main(ctx) {
  return [table, await p.read(ctx.input)];
}
// input: 1

// === an author's own name that looks like the compiler's
const $exported = 4;
export default ((f) => f)(async (ctx) => $exported + ctx.input);
// input: 1

// === arguments of the workflow
const p = fastn.connector.probe;
export default async function main(ctx) {
  const count = arguments.length;
  return [count, arguments[0] === ctx, await p.read(arguments[0].input)];
}
// input: 1

// === several exports beside the workflow
export const version = 3;
export function helper(x) { return x * version; }
export class Box { constructor(v) { this.v = v; } }
export default async (ctx) => new Box(helper(await fastn.connector.probe.read(ctx.input))).v;
// input: 2

// === blanks, line ends and a mark of the byte order that other editors leave behind
const p = fastn.connector.probe;
﻿//note
export default async(ctx) => ['ab', `cd`, await p.read(ctx.input)];
// input: 2
