// Handles of secrets: the host puts the value in their place when a connector is called, so that no code in the sandbox ever has it.
import { create, freeze, push, stringify, weakTable } from './primordials.js';

const names = weakTable(); // handle -> name of its secret
let made = false;

const shown = (handle) => `«secret:${names.get(handle)}»`;

const handles = freeze({
  __proto__: null,
  toString() {
    return shown(this);
  },
  toJSON() {
    return shown(this);
  },
});

export const nameOfSecretRef = (object) => (names.has(object) ? names.get(object) : null);

/** Anything that is not made here is no handle, whatever it looks like. */
export function secretRef(name) {
  if (typeof name !== 'string' || name === '') throw new TypeError('fastn.secrets.ref: the name is no text');
  const handle = freeze(create(handles));
  names.set(handle, name);
  made = true;
  return handle;
}

const escaped = (key) => key.replace(/~/g, '~0').replace(/\//g, '~1');

/** Where a value, as JSON, has handles: pairs of JSON pointer and name. */
export function secretRefsIn(value) {
  const found = [];
  if (!made) return found;
  const pointers = weakTable();
  stringify(value, function (key, member) {
    const pointer = pointers.has(this) ? `${pointers.get(this)}/${escaped(key)}` : '';
    const original = this[key];
    if (typeof original === 'object' && original !== null && names.has(original)) push(found, [pointer, names.get(original)]);
    else if (typeof member === 'object' && member !== null) pointers.set(member, pointer);
    return member;
  });
  return found;
}
