// The built-ins that our own code uses, taken before an author's code can change them.
export const { parse, stringify } = JSON;
export const { apply, construct, defineProperty, deleteProperty, getPrototypeOf, setPrototypeOf, ownKeys, has } = Reflect;
export const describe = Reflect.getOwnPropertyDescriptor;
export const { isArray } = Array;
export const { isExtensible, isFrozen, isSealed, freeze, seal, preventExtensions, create } = Object;
export const GuestPromise = Promise;
export const GuestError = Error;
export const RealDate = Date;
export const realNow = Date.now;
export const ProxyOf = Proxy;

const { bind, call } = Function.prototype;
/** A method as a function whose first argument is the receiver. */
export const uncurry = bind.bind(call);

export const then = Promise.prototype.then;
export const brandOf = uncurry(Object.prototype.toString);
export const sourceOf = uncurry(Function.prototype.toString);
export const push = uncurry(Array.prototype.push);
export const join = uncurry(Array.prototype.join);

const MapOf = Map;
const WeakMapOf = WeakMap;
const { get: getFromMap, set: setInMap, has: mapHas } = Map.prototype;
const { get: getFromWeakMap, set: setInWeakMap, has: weakMapHas } = WeakMap.prototype;

/** A map of objects that does not keep them alive and whose methods an author can not reach. */
export function weakTable() {
  const map = new WeakMapOf();
  return { get: (key) => apply(getFromWeakMap, map, [key]), set: (key, value) => apply(setInWeakMap, map, [key, value]), has: (key) => apply(weakMapHas, map, [key]) };
}

/** A map of anything, ditto. */
export function table() {
  const map = new MapOf();
  return { get: (key) => apply(getFromMap, map, [key]), set: (key, value) => apply(setInMap, map, [key, value]), has: (key) => apply(mapHas, map, [key]) };
}

/** Adds a property that enumeration does not show. */
export function hide(object, name, value) {
  defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });
}
