// Functions of the web platform that the language itself does not have.
import { brandOf, defineProperty, hide, isArray, ownKeys } from './primordials.js';
import { base64ToBytes, bytesToBase64 } from './base64.js';

function invalid(what) {
  const { DOMException } = require('./dom.js');
  return new DOMException(what, 'InvalidCharacterError');
}

function btoa(text) {
  const bytes = Uint8Array.from(`${text}`, (letter) => {
    if (letter.length > 1 || letter.charCodeAt(0) > 255) throw invalid('btoa: the text holds a character above U+00FF');
    return letter.charCodeAt(0);
  });
  return bytesToBase64(bytes);
}

function atob(text) {
  const clean = `${text}`.replace(/[\t\n\f\r ]/g, '');
  const digits = clean.length % 4 === 0 ? clean.replace(/={1,2}$/, '') : clean;
  if (digits.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(digits)) throw invalid('atob: the text is not Base64');
  let result = '';
  for (const byte of base64ToBytes(digits)) result += String.fromCharCode(byte);
  return result;
}

function refused(value) {
  const { DOMException } = require('./dom.js');
  return new DOMException(`structuredClone: a ${typeof value === 'object' ? brandOf(value).slice(8, -1) : typeof value} can not be cloned`, 'DataCloneError');
}

const ERRORS = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** An empty copy of the same kind, or null where the value has no kind that can be cloned. */
function shellOf(value) {
  if (isArray(value)) return new Array(value.length);
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (value instanceof Error) return new (ERRORS[value.name] ?? Error)(value.message);
  switch (brandOf(value)) {
    case '[object Date]':
      return new Date(value.getTime());
    case '[object RegExp]':
      return new RegExp(value.source, value.flags);
    case '[object Number]':
    case '[object String]':
    case '[object Boolean]':
      return Object(value.valueOf());
    case '[object Object]':
      return {};
    default:
      return null;
  }
}

function structuredClone(value) {
  const copies = new Map();
  const work = [];
  const copyOf = (original) => {
    if (typeof original === 'function' || typeof original === 'symbol') throw refused(original);
    if (typeof original !== 'object' || original === null) return original;
    if (copies.has(original)) return copies.get(original);
    const copy = ArrayBuffer.isView(original) ? viewOf(original, copyOf) : shellOf(original);
    if (copy === null) throw refused(original);
    copies.set(original, copy);
    work.push(original);
    return copy;
  };
  const result = copyOf(value);
  while (work.length > 0) fill(work.pop(), copies, copyOf);
  return result;
}

function viewOf(view, copyOf) {
  const length = view instanceof DataView ? view.byteLength : view.length;
  return new view.constructor(copyOf(view.buffer), view.byteOffset, length);
}

function fill(original, copies, copyOf) {
  const copy = copies.get(original);
  if (copy instanceof Map) for (const [key, value] of original) copy.set(copyOf(key), copyOf(value));
  else if (copy instanceof Set) for (const value of original) copy.add(copyOf(value));
  else if (copy instanceof Error) {
    hide(copy, 'stack', original.stack);
    if (Object.hasOwn(original, 'cause')) hide(copy, 'cause', copyOf(original.cause));
  } else if (isArray(copy) || brandOf(copy) === '[object Object]') {
    for (const key of ownKeys(original)) {
      if (typeof key === 'string' && key !== 'length' && Object.prototype.propertyIsEnumerable.call(original, key)) {
        defineProperty(copy, key, { value: copyOf(original[key]), writable: true, enumerable: true, configurable: true });
      }
    }
  }
}

/** A global that is made when it is first used, because making it takes longer than all the rest. */
function lazily(global, name, make) {
  defineProperty(global, name, {
    configurable: true,
    enumerable: false,
    get() {
      hide(global, name, make());
      return global[name];
    },
    set(value) {
      hide(global, name, value);
    },
  });
}

export function installWeb(global) {
  lazily(global, 'URL', () => require('whatwg-url-minimum').URL);
  lazily(global, 'URLSearchParams', () => require('whatwg-url-minimum').URLSearchParams);
  for (const name of ['DOMException', 'Event', 'EventTarget', 'AbortSignal', 'AbortController']) lazily(global, name, () => require('./dom.js')[name]);
  for (const name of ['Headers', 'Request', 'Response', 'fetch']) lazily(global, name, () => require('./fetch.js')[name]);
  lazily(global.crypto, 'subtle', () => require('./subtle.js').subtle);
  hide(global, 'structuredClone', (value) => structuredClone(value));
  hide(global, 'atob', atob);
  hide(global, 'btoa', btoa);
}
