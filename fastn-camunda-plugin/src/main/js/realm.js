// What the realm looked like before the author's code ran: the names of its built-ins, and whether they were changed since.
import { describe, hide, ownKeys, ProxyOf, apply, weakTable, table } from './primordials.js';

let builtins = []; // object, number of its keys; flat
let globalKeys = 0;
let objects = null;
let functions = null;
const proxies = weakTable();

/** Remembers each proxy, for nothing else tells a proxy from an object. */
function rememberProxies(global) {
  const remember = (proxy) => {
    proxies.set(proxy, true);
    return proxy;
  };
  const { revocable } = ProxyOf;
  function Proxy(target, handler) {
    if (new.target === undefined) throw new TypeError("Constructor Proxy requires 'new'");
    return remember(new ProxyOf(target, handler));
  }
  hide(Proxy, 'revocable', (target, handler) => {
    const pair = apply(revocable, ProxyOf, [target, handler]);
    remember(pair.proxy);
    return pair;
  });
  Proxy.prototype = undefined;
  hide(global, 'Proxy', Proxy);
}

export const isProxy = (value) => proxies.has(value);

/** The global objects and the prototypes of the global functions; `visit` gets each with the global's name. */
function eachBuiltin(visit) {
  for (const name of ownKeys(globalThis)) {
    const { value } = describe(globalThis, name);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || value === globalThis) continue;
    visit(value, name, false);
    const prototype = typeof value === 'function' ? describe(value, 'prototype')?.value : undefined;
    if (prototype) visit(prototype, name, true);
  }
}

const pathOf = (name, isPrototype) => (isPrototype ? `${String(name)}.prototype` : String(name));

/** Every context pays for this: only numbers are kept, nothing is named. */
export function rememberBuiltins(global) {
  rememberProxies(global);
  let at = 0;
  eachBuiltin((object) => {
    builtins[at++] = object;
    builtins[at++] = ownKeys(object).length;
  });
}

/** Called when the prelude has run, whose functions are global. */
export function rememberGlobals() {
  globalKeys = ownKeys(globalThis).length;
}

export function builtinsAreUntouched() {
  if (ownKeys(globalThis).length !== globalKeys) return false;
  for (let i = 0; i < builtins.length; i += 2) if (ownKeys(builtins[i]).length !== builtins[i + 1]) return false;
  return true;
}

/** The path of a built-in object that is a global or the prototype of one, `["Math"]`, or null. */
export function pathOfBuiltin(object) {
  if (objects === null) {
    objects = table();
    eachBuiltin((builtin, name, isPrototype) => objects.set(builtin, [pathOf(name, isPrototype)]));
  }
  return objects.has(object) ? objects.get(object) : null;
}

/** The path of a built-in function, `["Math", "max"]`, or null. */
export function pathOfFunction(value) {
  if (functions === null) {
    functions = table();
    eachBuiltin((object, name, isPrototype) => {
      const path = pathOf(name, isPrototype);
      for (const key of ownKeys(object)) {
        const member = typeof key === 'string' ? describe(object, key).value : undefined;
        if (typeof member === 'function' && !functions.has(member)) functions.set(member, [path, key]);
      }
    });
  }
  return pathOfBuiltin(value) ?? (functions.has(value) ? functions.get(value) : null);
}

export function builtinAt([place, key]) {
  const [name, prototype] = place.split('.');
  const object = prototype ? globalThis[name].prototype : globalThis[name];
  return key === undefined ? object : describe(object, key).value;
}
