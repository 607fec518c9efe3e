// What a program can not predict: every value read from the clock or a random source is recorded and, when the code runs again, answered from the record.
import { apply, construct, hide, describe, defineProperty, push, RealDate, realNow, weakTable } from './primordials.js';

let record = []; // kind, value, how often; flat
let recordAt = 0;
let repeated = 0;
let fresh = [];
let count = 0;
let divergence = null;
let clockOffset = 0;
let randomBytes = null;
let seed = null;
let timeOrigin = null;

/** Takes the host's random source: a number of bytes in, hexadecimal text out. */
export function connectRandom(source) {
  randomBytes = source;
}

/** The difference between the host's clock and the machine's, in milliseconds. */
export function setClockOffset(milliseconds) {
  clockOffset = milliseconds;
}

/** Values to answer from, beginning with the value number `from`. */
export function replayValues(values, from) {
  record = values;
  recordAt = 0;
  repeated = 0;
  count = from;
}

export function takeFresh() {
  const taken = fresh;
  fresh = [];
  return taken;
}

export const valuesRead = () => count;
export const diverged = () => divergence;
export const savedRandom = () => ({ seed, timeOrigin });

export function restoreRandom(saved) {
  ({ seed, timeOrigin } = saved);
}

function read(kind, source) {
  count++;
  if (recordAt < record.length) {
    if (record[recordAt] !== kind) divergence ??= `the record has "${record[recordAt]}" as value ${count - 1}, the code reads "${kind}"`;
    const value = record[recordAt + 1];
    if (++repeated >= record[recordAt + 2]) {
      recordAt += 3;
      repeated = 0;
    }
    return value;
  }
  const value = source();
  const last = fresh.length - 3;
  if (last >= 0 && fresh[last] === kind && fresh[last + 1] === value) fresh[last + 2]++;
  else push(fresh, kind, value, 1);
  return value;
}

const now = () => read('clock', () => realNow() + clockOffset);

// Small Fast Counter, 32 bits: passes PractRand, and its state is four numbers.
function nextRandom() {
  if (seed === null) {
    const hex = read('seed', () => randomBytes(12));
    seed = [0, 8, 16].map((at) => Number.parseInt(hex.slice(at, at + 8), 16) | 0);
    seed[3] = 1;
    for (let i = 0; i < 12; i++) nextRandom();
  }
  const mixed = (seed[0] + seed[1] + seed[3]) | 0;
  seed[3] = (seed[3] + 1) | 0;
  seed[0] = seed[1] ^ (seed[1] >>> 9);
  seed[1] = (seed[2] + (seed[2] << 3)) | 0;
  seed[2] = (((seed[2] << 21) | (seed[2] >>> 11)) + mixed) | 0;
  return (mixed >>> 0) / 4294967296;
}

function recordedDate() {
  const { toString } = RealDate.prototype;
  function Date(...parts) {
    if (new.target === undefined) return apply(toString, new RealDate(now()), []);
    return construct(RealDate, parts.length === 0 ? [now()] : parts, new.target);
  }
  for (const key of ['parse', 'UTC']) defineProperty(Date, key, describe(RealDate, key));
  hide(Date, 'now', { now: () => now() }.now);
  defineProperty(Date, 'length', { value: 7, configurable: true });
  Date.prototype = RealDate.prototype;
  defineProperty(Date, 'prototype', { writable: false });
  hide(RealDate.prototype, 'constructor', Date);
  return Date;
}

function patchIntl() {
  const { prototype } = Intl.DateTimeFormat;
  const { get: format } = describe(prototype, 'format');
  const formats = weakTable();
  defineProperty(prototype, 'format', {
    configurable: true,
    get() {
      if (!formats.has(this)) {
        const plain = apply(format, this, []);
        formats.set(this, (date) => plain(date === undefined ? now() : date));
      }
      return formats.get(this);
    },
  });
  const { formatToParts } = prototype;
  hide(prototype, 'formatToParts', {
    formatToParts(date) {
      return apply(formatToParts, this, [date === undefined ? now() : date]);
    },
  }.formatToParts);
}

const hexBytes = (length) => read('bytes', () => randomBytes(length));

function refused(message, name) {
  const { DOMException } = require('./dom.js');
  return new DOMException(message, name);
}

function getRandomValues(array) {
  if (!ArrayBuffer.isView(array) || array instanceof DataView || array instanceof Float32Array || array instanceof Float64Array) {
    throw refused('crypto.getRandomValues: the argument is no array of whole numbers', 'TypeMismatchError');
  }
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  if (bytes.length > 65536) throw refused('crypto.getRandomValues fills at most 65536 bytes', 'QuotaExceededError');
  const hex = hexBytes(bytes.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return array;
}

function randomUUID() {
  const hex = hexBytes(16);
  const variant = '89ab'[Number.parseInt(hex[16], 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Nothing has to be collected, so a weak reference that always holds is a legal one, and the same on every run. */
class StrongRef {
  #target;
  constructor(target) {
    if ((typeof target !== 'object' && typeof target !== 'function') || target === null) throw new TypeError('WeakRef: the target is not an object');
    this.#target = target;
  }
  deref() {
    return this.#target;
  }
}

class SilentRegistry {
  register() {}
  unregister() {
    return false;
  }
}

export function installRecorded(global) {
  hide(global, 'Date', recordedDate());
  hide(Math, 'random', { random: () => nextRandom() }.random);
  hide(global, 'performance', {
    now() {
      timeOrigin ??= now();
      return now() - timeOrigin;
    },
    get timeOrigin() {
      return (timeOrigin ??= now());
    },
  });
  hide(global, 'crypto', { getRandomValues, randomUUID });
  hide(StrongRef, 'name', 'WeakRef');
  hide(SilentRegistry, 'name', 'FinalizationRegistry');
  hide(global, 'WeakRef', StrongRef);
  hide(global, 'FinalizationRegistry', SilentRegistry);
  if ('Intl' in global) patchIntl();
  delete global.Temporal;
}
