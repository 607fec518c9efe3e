// A worker that runs one program in a realm of its own and posts what can be seen of it.
import { inspect } from 'node:util';
import vm from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

const lines = [];
const seen = new Map(); // site -> how often, and whether each value was one that JSON keeps
const show = (value) => inspect(value, { depth: 6 }).replace(/\n\s+at .*/g, '');
const log = (...values) => void lines.push(values.map((value) => (typeof value === 'string' ? value : show(value))).join(' '));
const keeps = (value) => value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0));
const copy = (value) => (value === undefined ? null : JSON.parse(JSON.stringify(value) ?? 'null'));

const realm = vm.createContext({ console: { log, info: log, warn: log, error: log, debug: log }, setTimeout, clearTimeout, structuredClone, queueMicrotask, URL, TextEncoder, TextDecoder });
let calls = 0;
realm.fastn = { connector: { probe: { read: async (value) => (calls++, copy(value)) } } };
realm.$site = (number, value) => {
  const site = seen.get(number) ?? { times: 0, json: true };
  site.times++;
  site.json &&= keeps(value);
  seen.set(number, site);
  return value;
};

async function outcome(program) {
  try {
    const main = program.runInContext(realm);
    return `done ${show(await main())}`;
  } catch (error) {
    return `thrown ${typeof error === 'object' && error !== null ? `${error.name}: ${error.message}` : show(error)}`;
  }
}

// a program that strict mode does not accept ends here, with an error of the worker
const result = await outcome(new vm.Script(workerData, { filename: 'program.js' }));
parentPort.postMessage({ result, lines, calls, sites: [...seen] });
process.exit(0);
