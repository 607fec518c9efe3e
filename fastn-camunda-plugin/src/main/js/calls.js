// The way out: a call is only queued and gives a promise; the host fetches the queue when nothing is left to run, performs the calls and settles the promises.
import { GuestError, GuestPromise, apply, defineProperty, hide, push, stringify, weakTable } from './primordials.js';
import { write } from './console.js';

const pending = { __proto__: null };
const intervals = { __proto__: null };
let queued = [];
let canceled = [];
let nextId = 0;
const failedEffects = weakTable();
let lastFailed = null;
let inCatch = false;

/** Queues the call of an effect; `decode` makes what the author sees of the result, `makeError` the error of name and message. */
export function perform(name, makeArguments, decode, makeError = namedError) {
  return new GuestPromise((resolve, reject) => {
    const id = nextId++;
    const text = stringify(makeArguments());
    pending[id] = { resolve, reject, decode, makeError, site: new GuestError() };
    push(queued, [id, name, text]);
  });
}

/** A promise that is resolved after some milliseconds. */
export function pause(milliseconds) {
  return new GuestPromise((resolve) => arm(nextId++, milliseconds, resolve));
}

function arm(id, milliseconds, fire) {
  pending[id] = { fire };
  push(queued, [id, '$timer', `${milliseconds > 0 ? Math.min(Math.round(milliseconds), 2147483647) : 0}`]);
}

function runCallback(callback, args) {
  try {
    apply(callback, undefined, args);
  } catch (error) {
    write('error', ['Uncaught in a timer:', error]);
  }
}

function requireFunction(callback, caller) {
  if (typeof callback !== 'function') throw new TypeError(`${caller}: the callback is no function`);
}

function setTimeout(callback, milliseconds, ...args) {
  requireFunction(callback, 'setTimeout');
  const id = nextId++;
  arm(id, milliseconds, () => runCallback(callback, args));
  return id;
}

function setInterval(callback, milliseconds, ...args) {
  requireFunction(callback, 'setInterval');
  const first = nextId++;
  const again = (id) => {
    intervals[first] = id;
    arm(id, Math.max(milliseconds, 1), () => {
      runCallback(callback, args);
      if (first in intervals) again(nextId++);
    });
  };
  again(first);
  return first;
}

function clearTimer(id) {
  const current = intervals[id] ?? id;
  delete intervals[id];
  if (pending[current]?.fire) {
    delete pending[current];
    push(canceled, current);
  }
}

export function installTimers(global) {
  hide(global, 'setTimeout', setTimeout);
  hide(global, 'setInterval', setInterval);
  hide(global, 'setImmediate', (callback, ...args) => setTimeout(callback, 0, ...args));
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) hide(global, name, clearTimer);
  hide(global, 'queueMicrotask', (callback) => {
    requireFunction(callback, 'queueMicrotask');
    apply(GuestPromise.prototype.then, GuestPromise.resolve(), [() => runCallback(callback, [])]);
  });
}

export function takeCalls() {
  const taken = [queued, canceled];
  queued = [];
  canceled = [];
  return taken;
}

/** The host has an answer: `json` is the result, or the error as `{name, message, fields}`. */
export function settle(id, succeeded, json, ordinal) {
  const call = pending[id];
  if (call === undefined) return;
  delete pending[id];
  if (call.fire) call.fire();
  else if (succeeded) {
    lastFailed = null;
    resolveWith(call, json);
  } else {
    lastFailed = ordinal;
    call.reject(effectError(JSON.parse(json), call, ordinal));
  }
}

function resolveWith(call, json) {
  try {
    call.resolve(call.decode(JSON.parse(json)));
  } catch (error) {
    call.reject(error);
  }
}

function namedError(name, message) {
  const error = new GuestError(message);
  hide(error, 'name', name);
  return error;
}

/** The error of a failed call, with the stack of the place that called. */
function effectError({ name, message, fields }, { makeError, site }, ordinal) {
  const error = makeError(name, message);
  for (const key of Object.keys(fields)) {
    if (key !== 'name' && key !== 'message' && key !== 'stack' && key !== '__proto__') {
      defineProperty(error, key, { value: fields[key], writable: true, enumerable: true, configurable: true });
    }
  }
  const stack = `${site.stack}`;
  const firstFrame = stack.indexOf('\n');
  hide(error, 'stack', `${name}: ${message}${firstFrame < 0 ? '' : stack.slice(firstFrame)}`);
  failedEffects.set(error, ordinal);
  return error;
}

/** The failed effect that a thrown value comes from: itself, one of its causes, or the last one that nothing made good. */
export function effectBehind(thrown) {
  let value = thrown;
  for (let depth = 0; depth < 10 && typeof value === 'object' && value !== null; depth++) {
    if (failedEffects.has(value)) return failedEffects.get(value);
    value = value.cause;
  }
  return lastFailed;
}

export const effectOf = (error) => (failedEffects.has(error) ? failedEffects.get(error) : null);

export function markEffect(error, ordinal) {
  failedEffects.set(error, ordinal);
}

/** A step begins: an error that an earlier step dealt with is no longer behind what happens, unless its catch is what runs now. */
export function beginStep() {
  if (!inCatch) lastFailed = null;
  if (lastFailed === null) inCatch = false;
  for (const id in pending) if (pending[id].fire) clearTimer(id);
}

export function enterCatch() {
  inCatch = true;
}

export const savedCalls = () => ({ lastFailed, inCatch });

export function restoreCalls(saved) {
  ({ lastFailed, inCatch } = saved);
}

export function hasOpenCalls() {
  for (const id in pending) if (!pending[id].fire) return true;
  return false;
}
