// The workflow as the module it is, run by Node with the answers that a process got: a second opinion beside GraalJS.
// node --experimental-vm-modules --input-type=module --eval <this> < {"boot", "show", "variables", "javaScript", "input", "random", "outcomes", "order"}
import { readFileSync, writeFileSync } from 'node:fs';
import { SourceTextModule, runInThisContext } from 'node:vm';

const given = JSON.parse(readFileSync(0, 'utf8'));
const { setImmediate } = globalThis;
const { parse } = JSON;
const exit = process.exit.bind(process);
// What Node has beside the language
for (const name of ['process', 'Buffer', 'global', 'require', 'module', 'fetch', 'navigator']) delete globalThis[name];

runInThisContext(given.boot);
const host = globalThis.$boot((count) => given.random.repeat(count));
const parts = runInThisContext(given.variables);
const show = runInThisContext(`(${given.show})`);
const RUNNING = 0;

const effects = [];
const lines = [];
const open = new Map(); // number of the call -> id
let timers = [];
let now = 0;

/** When nothing is left to run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function accept() {
  await settled();
  const poll = parse(host.poll());
  for (const [id, name, text] of poll.calls) {
    if (name === '$timer') {
      timers.push({ id, due: now + Number(text) });
    } else {
      open.set(effects.length, id);
      effects.push(`${name} ${text}`);
    }
  }
  timers = timers.filter(({ id }) => !poll.canceled.includes(id));
  for (let i = 0; i + 1 < poll.lines.length; i += 2) lines.push(`${poll.lines[i]} ${poll.lines[i + 1]}`);
  return poll;
}

function answer() {
  const calls = [...open.keys()].sort((a, b) => a - b);
  const index = calls.find((call) => !given.order.includes(call)) ?? given.order.find((call) => open.has(call));
  const { succeeded, json } = given.outcomes[index] ?? { succeeded: false, json: '{"name":"NoSuchCall","message":"","fields":{}}' };
  const id = open.get(index);
  open.delete(index);
  host.answerCall(id, succeeded, json, index, 0);
}

function fireTimer() {
  const next = timers.reduce((first, timer) => (timer.due < first.due ? timer : first));
  timers = timers.filter((timer) => timer !== next);
  now = Math.max(now, next.due);
  host.answerCall(next.id, true, 'null', 0, 0);
}

/** Code at the top of the module may wait for calls; the workflow begins behind it. */
async function load() {
  const module = new SourceTextModule(given.javaScript, { identifier: 'workflow.mjs' });
  await module.link(() => {});
  let loaded = null;
  module.evaluate().then(() => (loaded = () => module.namespace.default), (error) => (loaded = () => { throw error }));
  await accept();
  while (loaded === null && open.size > 0) {
    answer();
    await accept();
  }
  return loaded === null ? null : loaded();
}

async function run() {
  const main = await load();
  if (main === null) return 'never settled';
  host.start(parts.main(main), 'result', 0);
  let poll = await accept();
  while (open.size > 0 || (poll.state === RUNNING && timers.length > 0)) {
    if (open.size > 0) answer();
    else fireTimer();
    poll = await accept();
  }
  if (poll.state === RUNNING) return 'never settled';
  if (poll.state === 1) return `done ${show(parts.result())}\njson ${host.result()}`;
  const { name, message } = parse(host.failure());
  host.throwCaught();
  return `thrown ${name}: ${message}\n${show(parts.thrown())}`;
}

host.begin(given.input, '{}', '{"id":"x","attempt":1,"version":1}');
const outcome = await run().catch((error) => `thrown ${error.name}: ${error.message}\n${show(error)}`);
writeFileSync(1, JSON.stringify({ outcome, effects: effects.join('\n'), console: lines.join('\n') }));
exit(0);
