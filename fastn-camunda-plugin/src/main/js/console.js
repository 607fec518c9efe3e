// console.*: the lines of a run, as text.
import { GuestError, hide, join, push, stringify } from './primordials.js';

const LIMIT = 1_000_000;
let lines = [];
let written = 0;
let indent = '';
const counts = { __proto__: null };
const timers = { __proto__: null };

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

/** One directive of a format, filled in. */
function filled(directive, value) {
  switch (directive) {
    case 's':
      return shown(value);
    case 'd':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : `${Object.is(Number(value), -0) ? '-0' : Number(value)}`;
    case 'i':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : `${Number.parseInt(value, 10)}`;
    case 'f':
      return typeof value === 'symbol' ? 'NaN' : `${Number.parseFloat(value)}`;
    case 'c':
      return '';
    default:
      return typeof value === 'string' && directive !== 's' ? (directive === 'j' ? stringify(value) : `'${value}'`) : shown(value);
  }
}

/** The values as one text; `%s`, `%d`, `%i`, `%f`, `%j`, `%o`, `%O`, `%c` and `%%` of the first are filled in. */
function format(values) {
  const words = [];
  let used = 0;
  if (typeof values[0] === 'string' && values.length > 1) {
    used = 1;
    push(words, values[0].replace(/%([sdifjoOc%])/g, (all, directive) => {
      if (directive === '%') return '%';
      return used < values.length ? filled(directive, values[used++]) : all;
    }));
  }
  for (; used < values.length; used++) push(words, shown(values[used]));
  return join(words, ' ');
}

function formatted(values) {
  try {
    return format(values);
  } catch (error) {
    return `[${error?.name ?? 'unprintable'}]`;
  }
}

export function write(level, values) {
  if (written > LIMIT) return;
  const plain = formatted(values);
  const text = indent === '' ? plain : indent + plain.replaceAll('\n', `\n${indent}`);
  written += text.length;
  if (written > LIMIT) push(lines, 'warn', `console output above ${LIMIT} characters is dropped`);
  else push(lines, level, text);
}

export function takeLines() {
  const taken = lines;
  lines = [];
  return taken;
}

export const savedConsole = () => written;

export function restoreConsole(saved) {
  written = saved;
}

function elapsed(label) {
  const milliseconds = performance.now() - timers[label];
  return milliseconds < 1000 ? `${label}: ${milliseconds}ms` : `${label}: ${(milliseconds / 1000).toFixed(3)}s`;
}

const methods = {
  group: (...values) => {
    if (values.length > 0) write('log', values);
    indent += '  ';
  },
  groupEnd: () => {
    indent = indent.slice(2);
  },
  count: (label = 'default') => {
    counts[label] = (counts[label] ?? 0) + 1;
    write('log', [`${label}: ${counts[label]}`]);
  },
  countReset: (label = 'default') => {
    delete counts[label];
  },
  time: (label = 'default') => {
    timers[label] = performance.now();
  },
  timeLog: (label = 'default', ...values) => {
    if (label in timers) write('log', [elapsed(label), ...values]);
  },
  timeEnd: (label = 'default') => {
    if (label in timers) write('log', [elapsed(label)]);
    delete timers[label];
  },
  trace: (...values) => write('debug', ['Trace:', ...values]),
  assert: (holds, ...values) => {
    if (holds) return;
    if (typeof values[0] === 'string') write('error', [`Assertion failed: ${values[0]}`, ...values.slice(1)]);
    else write('error', values.length > 0 ? ['Assertion failed', ...values] : ['Assertion failed']);
  },
  dir: (value) => write('log', [value]),
  table: (value) => write('log', [value]),
  clear: () => {},
};

export function installConsole(global) {
  const console = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) hide(console, level, (...values) => write(level, values));
  for (const name of Object.keys(methods)) hide(console, name, methods[name]);
  hide(console, 'groupCollapsed', methods.group);
  hide(global, 'console', console);
}
