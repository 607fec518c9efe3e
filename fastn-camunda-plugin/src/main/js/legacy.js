// What programs use that the language keeps for the web (its Annex B). The engine is not told to have all of it: then
// `a <!--b` would begin a comment.
import { apply, defineProperty, describe, getPrototypeOf, hide, setPrototypeOf } from './primordials.js';

const { slice, trimStart, trimEnd, charCodeAt, replaceAll } = String.prototype;
const { getFullYear, setFullYear, toUTCString } = Date.prototype;
const { fromCharCode } = String;
const { floor } = Math;

const UNESCAPED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@*_+-./';
const TAGS = {
  anchor: ['a', 'name'], big: ['big'], blink: ['blink'], bold: ['b'], fixed: ['tt'], fontcolor: ['font', 'color'],
  fontsize: ['font', 'size'], italics: ['i'], link: ['a', 'href'], small: ['small'], strike: ['strike'], sub: ['sub'], sup: ['sup'],
};

function textOf(value, method) {
  if (value === null || value === undefined) throw new TypeError(`String.prototype.${method} called on null or undefined`);
  return `${value}`;
}

const integer = (value) => Math.trunc(+value) || 0;

const stringMethods = {
  substr(start, length) {
    const text = textOf(this, 'substr');
    const from = integer(start);
    const begin = from < 0 ? Math.max(text.length + from, 0) : Math.min(from, text.length);
    const count = length === undefined ? text.length : integer(length);
    return apply(slice, text, [begin, Math.max(begin, Math.min(begin + count, text.length))]);
  },
};
for (const method of Object.keys(TAGS)) {
  const [tag, attribute] = TAGS[method];
  const open = (value) => (attribute ? `${tag} ${attribute}="${apply(replaceAll, `${value}`, ['"', '&quot;'])}"` : tag);
  stringMethods[method] = attribute
    ? { [method](value) { return `<${open(value)}>${textOf(this, method)}</${tag}>`; } }[method]
    : { [method]() { return `<${open()}>${textOf(this, method)}</${tag}>`; } }[method];
}

const globals = {
  escape(value) {
    const text = `${value}`;
    let escaped = '';
    for (let i = 0; i < text.length; i++) {
      const code = apply(charCodeAt, text, [i]);
      const hex = code.toString(16).toUpperCase();
      if (UNESCAPED.includes(text[i])) escaped += text[i];
      else escaped += code < 256 ? `%${hex.padStart(2, '0')}` : `%u${hex.padStart(4, '0')}`;
    }
    return escaped;
  },
  unescape(value) {
    return `${value}`.replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_, long, short) => fromCharCode(Number.parseInt(long ?? short, 16)));
  },
};

const dateMethods = {
  getYear() {
    return apply(getFullYear, this, []) - 1900;
  },
  setYear(value) {
    const year = +value;
    const whole = floor(year);
    return apply(setFullYear, this, [Number.isNaN(year) ? NaN : whole >= 0 && whole <= 99 ? whole + 1900 : year]);
  },
};

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function accessorOf(object, key, part) {
  for (let o = Object(object); o !== null; o = getPrototypeOf(o)) {
    const property = describe(o, key);
    if (property) return property[part];
  }
  return undefined;
}

function defineAccessor(object, key, part, value) {
  if (typeof value !== 'function') throw new TypeError('Object.prototype.__define__: the accessor is not a function');
  const property = { enumerable: true, configurable: true, [part]: value };
  if (!defineProperty(Object(object), key, property)) throw new TypeError(`Cannot redefine property: ${String(key)}`);
}

const objectMethods = {
  __defineGetter__(key, getter) {
    defineAccessor(this, key, 'get', getter);
  },
  __defineSetter__(key, setter) {
    defineAccessor(this, key, 'set', setter);
  },
  __lookupGetter__(key) {
    return accessorOf(this, key, 'get');
  },
  __lookupSetter__(key) {
    return accessorOf(this, key, 'set');
  },
};

const prototypeAccessor = {
  get __proto__() {
    return getPrototypeOf(Object(this));
  },
  set __proto__(value) {
    if (this === null || this === undefined) throw new TypeError('Object.prototype.__proto__ called on null or undefined');
    if ((!isObject(value) && value !== null) || !isObject(this)) return;
    if (!setPrototypeOf(this, value)) throw new TypeError('Cannot set the prototype of this object');
  },
};

export function installLegacy(global) {
  const add = (object, methods) => {
    for (const name of Object.keys(methods)) hide(object, name, methods[name]);
  };
  add(global.String.prototype, stringMethods);
  hide(global.String.prototype, 'trimLeft', trimStart);
  hide(global.String.prototype, 'trimRight', trimEnd);
  add(global.Date.prototype, dateMethods);
  hide(global.Date.prototype, 'toGMTString', toUTCString);
  add(global, globals);
  add(global.Object.prototype, objectMethods);
  defineProperty(global.Object.prototype, '__proto__', { ...describe(prototypeAccessor, '__proto__'), enumerable: false, configurable: true });
}
