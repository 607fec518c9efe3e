// The host's handle on one execution: start a piece of code, settle a call, ask what is wanted next.
import { GuestError, RealDate, apply, getPrototypeOf, isArray, ownKeys, describe, parse, stringify, then } from './primordials.js';
import { beginStep, effectBehind, enterCatch, hasOpenCalls, restoreCalls, savedCalls, settle, takeCalls } from './calls.js';
import { restoreConsole, savedConsole, takeLines } from './console.js';
import { decodeFrame, encodeFrame } from './frame.js';
import { getVariable, setVariable } from './program-instance.js';
import { rememberGlobals } from './realm.js';
import { diverged, replayValues, restoreRandom, savedRandom, setClockOffset, takeFresh, valuesRead } from './recorded.js';

const RUNNING = 0;
const DONE = 1;
const THROWN = 2;

let state = RUNNING;
let answer = null;
let thrown;
let execution = null;

/** The first step is next: makes `ctx` from texts of the host. */
function begin(input, headers, facts) {
  execution = parse(facts);
  setVariable('$ctx', { input: parse(input), headers: parse(headers), execution });
}

function setAttempt(attempt) {
  if (execution.attempt !== attempt) execution.attempt = attempt;
}

/** Runs one piece of code; `use` says what its value is for: nothing, "result", "condition" or "wait". */
function start(code, use, clockOffset) {
  state = RUNNING;
  answer = null;
  setClockOffset(clockOffset);
  beginStep();
  apply(then, code(), [(value) => finish(use, value), fail]);
}

function finish(use, value) {
  try {
    if (use === 'result') setVariable('$ret', value);
    else if (use === 'condition') answer = Boolean(value);
    else if (use === 'wait') answer = timeOf(value);
    state = DONE;
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  thrown = error;
  state = THROWN;
}

function timeOf(value) {
  if (value instanceof RealDate && !Number.isNaN(value.getTime())) return { at: value.getTime() };
  if (typeof value === 'number' && !Number.isNaN(value)) return { after: value };
  throw new TypeError('fastn.sleep: the time is neither a number of milliseconds nor a Date');
}

function answerCall(id, succeeded, json, ordinal, clockOffset) {
  setClockOffset(clockOffset);
  settle(id, succeeded, json, ordinal);
}

/** What the host has to know, as JSON; asked when nothing is left to run. */
function poll() {
  const [calls, canceled] = takeCalls();
  return stringify({ state, answer, calls, canceled, open: hasOpenCalls(), values: takeFresh(), lines: takeLines(), read: valuesRead(), diverged: diverged() });
}

function throwCaught() {
  setVariable('$thrown', thrown);
  enterCatch();
}

/** Facts about the thrown value. Reading them may run code of the author. */
function failure() {
  const isError = thrown instanceof GuestError;
  return stringify({
    name: isError ? textOf(() => thrown.name, 'Error') : typeOf(thrown),
    message: isError ? textOf(() => thrown.message, '') : shown(thrown),
    stack: isError ? textOf(() => thrown.stack, '') : '',
    fields: fieldsOf(thrown),
    effect: attempt(() => effectBehind(thrown), null),
  });
}

function attempt(action, otherwise) {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

const textOf = (read, otherwise) => attempt(() => String(read()), otherwise);

function typeOf(value) {
  return typeof value === 'object' && value !== null ? attempt(() => getPrototypeOf(value).constructor.name, 'Object') || 'Object' : value === null ? 'null' : typeof value;
}

function shown(value) {
  if (typeof value === 'object' && value !== null) return attempt(() => stringify(value), null)?.slice(0, 2000) ?? '';
  return textOf(() => value, '');
}

function fieldsOf(value) {
  const fields = {};
  if (typeof value !== 'object' || value === null || isArray(value)) return fields;
  for (const key of attempt(() => ownKeys(value), [])) {
    const property = typeof key === 'string' ? attempt(() => describe(value, key), undefined) : undefined;
    if (!property?.enumerable || key === '__proto__' || key === 'stack' || key === 'message' || key === 'name') continue;
    const json = attempt(() => stringify(property.value), undefined);
    if (json !== undefined && json.length <= 10_000) fields[key] = parse(json);
  }
  return fields;
}

/** The result of the workflow as JSON, or the reason why it has none after a "!". */
function result() {
  const value = getVariable('$ret');
  if (typeof value === 'function' || typeof value === 'symbol') return `!a ${typeof value} has no JSON form`;
  try {
    return stringify(value) ?? 'null';
  } catch (error) {
    return `!${textOf(() => error.message, 'it can not be read')}`;
  }
}

function save() {
  const frame = encodeFrame(execution);
  return frame === null ? null : stringify({ random: savedRandom(), calls: savedCalls(), lines: savedConsole(), read: valuesRead() }) + '\n' + frame;
}

function restore(text) {
  const end = text.indexOf('\n');
  const { random, calls, lines = 0, read } = parse(text.slice(0, end));
  execution = decodeFrame(text.slice(end + 1));
  restoreRandom(random);
  restoreCalls(calls);
  restoreConsole(lines);
  return read;
}

function replay(values, from) {
  replayValues(parse(values), from);
}

export const host = { begin, setAttempt, start, answerCall, poll, throwCaught, failure, result, save, restore, replay, rememberGlobals };
