// Turns ordinary scripts into workflows: node convert.mjs <folder> <out> [percent of expressions, several with commas].
// Expressions are replaced by `await fastn.connector.probe.read(expression)` where their values survive JSON; before others
// stands such a call. A workflow is written only when Node sees no difference between it and the script.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Script } from './effects.mjs';
import { parseScript, scriptsOf } from './scripts.mjs';

const MILLIS = 3000;
const MOST_CALLS = 200;
const MOST_TIMES = 40;

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (/\.(js|mjs)$/.test(entry.name)) yield path;
  }
}

/** What can be seen of a program; null when it is not strict code or does not end. */
function run({ prelude }, body) {
  const program = `"use strict"; (() => { ${prelude}\n return async function () { ${body}\n } })()`;
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./run.mjs', import.meta.url), { workerData: program, resourceLimits: { maxOldGenerationSizeMb: 256 } });
    const timer = setTimeout(() => end(null), MILLIS);
    const end = (seen) => {
      clearTimeout(timer);
      resolve(seen);
      worker.terminate();
    };
    worker.on('message', end);
    worker.on('error', () => end(null));
    worker.on('exit', () => end(null));
  });
}

const look = ({ result, lines }) => JSON.stringify([result, lines]);

/** Numbers from 0 to 1 that are the same for the same text. */
function randomOf(text) {
  let seed = 7;
  for (const character of text) seed = (seed * 31 + character.codePointAt(0)) >>> 0;
  return () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 4294967296;
  };
}

function choose(script, sites, percent, random) {
  const chosen = [];
  let calls = 0;
  for (const site of script.sites) {
    const times = sites.get(site)?.times ?? 0;
    if (times <= MOST_TIMES && calls + times <= MOST_CALLS && random() * 100 < percent) {
      chosen.push(site);
      calls += times;
    }
  }
  return chosen;
}

function wrap(sites, random) {
  return (site) => {
    if (sites.get(site)?.json) return ['(await fastn.connector.probe.read(', '))'];
    return [`(await fastn.connector.probe.read(${Math.floor(random() * 1000)}), `, ')'];
  };
}

/** The workflow made from a script, or why there is none. */
async function converted(script, percent) {
  let parsed;
  try {
    parsed = new Script(script.body, parseScript(`"use strict";${script.body}`.slice(13)));
  } catch (error) {
    return { reason: `syntax: ${error.message}` };
  }
  const original = await run(script, script.body);
  if (original === null || original.result.includes('Maximum call stack')) return { reason: 'is not strict code, or has no end' };
  const traced = await run(script, parsed.rewritten(parsed.sites, (site) => [`$site(${parsed.sites.indexOf(site)}, `, ')'], false));
  if (traced === null || look(traced) !== look(original)) return { reason: 'is not the same when it is watched' };
  const sites = new Map(traced.sites.map(([number, facts]) => [parsed.sites[number], facts]));
  const random = randomOf(`${script.name} ${percent}`);
  for (let share = percent; share > 1; share /= 3) {
    const chosen = choose(parsed, sites, share, random);
    if (chosen.length === 0) continue;
    const body = parsed.rewritten(chosen, wrap(sites, random), true);
    const seen = await run(script, body);
    if (seen !== null && look(seen) === look(original)) {
      return { text: `${script.prelude}\nexport default async function () {\n${body}\n}\n`, calls: seen.calls };
    }
  }
  return { reason: 'is not the same with effects' };
}

const [, , folder, out, percents = '30'] = process.argv;
const counts = {};
const count = (what) => (counts[what] = (counts[what] ?? 0) + 1);
for (const path of filesIn(folder)) {
  let scripts;
  try {
    scripts = [...scriptsOf(path, relative(folder, path))];
  } catch (error) {
    count(`not read: ${error.message.slice(0, 40)}`);
    continue;
  }
  for (const script of scripts) {
    for (const percent of percents.split(',')) {
      const { text, reason } = await converted(script, Number(percent));
      count(reason?.replace(/:.*/s, '') ?? 'converted');
      if (text !== undefined) {
        const target = join(out, script.name.replace(/\.(m?js)$/, `.${percent}.$1`));
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
      }
    }
  }
}
console.log(JSON.stringify(counts));
