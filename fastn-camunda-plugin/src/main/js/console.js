// console.*: the lines of a run, as text.
import { GuestError, hide, join, push, stringify } from './primordials.js';

const LIMIT = 1_000_000;
let lines = [];
let written = 0;

function show(value) {
  if (typeof value === 'string') return value;
  if (value instanceof GuestError) return `${value.stack ?? value}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Map || value instanceof Set) return `${value instanceof Map ? 'Map' : 'Set'} ${stringify([...value])}`;
  return stringify(value) ?? String(value);
}

function shown(value) {
  try {
    return show(value);
  } catch (error) {
    return `[${error?.name ?? 'unprintable'}]`;
  }
}

export function write(level, values) {
  if (written > LIMIT) return;
  const words = [];
  for (const value of values) push(words, shown(value));
  const text = join(words, ' ');
  written += text.length;
  if (written > LIMIT) push(lines, 'warn', `console output above ${LIMIT} characters is dropped`);
  else push(lines, level, text);
}

export function takeLines() {
  const taken = lines;
  lines = [];
  return taken;
}

export function installConsole(global) {
  const console = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) hide(console, level, (...values) => write(level, values));
  for (const name of ['dir', 'table', 'group', 'groupCollapsed', 'timeLog']) hide(console, name, (...values) => write('log', values));
  for (const name of ['groupEnd', 'time', 'timeEnd', 'count', 'countReset', 'clear']) hide(console, name, () => {});
  hide(console, 'trace', (...values) => write('debug', values));
  hide(console, 'assert', (holds, ...values) => {
    if (!holds) write('error', ['Assertion failed:', ...values]);
  });
  hide(global, 'console', console);
}
