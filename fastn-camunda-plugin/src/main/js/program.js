// Functions that generated code calls; their names start with $, which author code can not use.
// They capture what they need at start: author code may replace globals later.
const { isArray } = Array;
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { apply } = Reflect;
const arrayIterator = Array.prototype[Symbol.iterator];
const arrayIteratorPrototype = getPrototypeOf([][Symbol.iterator]());
const stringIterator = String.prototype[Symbol.iterator];
const arrayNext = arrayIteratorPrototype.next;

function define(name, value) {
  defineProperty(globalThis, name, { value, configurable: true, enumerable: false, writable: false });
}

/** What a variable holds before its declaration ran. */
const dead = Symbol.for('fastn.tdz');
define('$TDZ', dead);
define('$tdz', (value, name) => {
  if (value === dead) throw new ReferenceError(`${name} is not defined`);
  return value;
});

/** A target that refuses: assigning to a constant throws after the right side was evaluated. */
define('$const', (value, name) => ({
  get v() {
    return value;
  },
  set v(_) {
    if (value === dead) throw new ReferenceError(`${name} is not defined`);
    throw new TypeError(`Assignment to constant "${name}"`);
  },
}));

/** A target that may be assigned before its declaration ran, which throws after the right side was evaluated. */
define('$let', (name, get, set) => ({
  get v() {
    return globalThis.$tdz(get(), name);
  },
  set v(value) {
    globalThis.$tdz(get(), name);
    set(value);
  },
}));

/** A property key, converted once. */
define('$key', (value) => (typeof value === 'symbol' ? value : `${value}`));

/** Calls what was read before its arguments were evaluated; says what the author wrote when it is no function. */
define('$call', (callee, self, text, args) => {
  if (typeof callee !== 'function') throw new TypeError(`${text} is not a function`);
  return apply(callee, self, args);
});

/** Gives a function the name it has in the author's text. */
define('$named', (name, value) => {
  if (typeof value === 'function') defineProperty(value, 'name', { value: name, configurable: true });
  return value;
});

/**
 * The position of a for-of loop. An array's is plain data, so that a run can be stored in the middle of the loop;
 * anything else is iterated by its own iterator.
 */
define('$cursor', (iterable) => {
  if (isArray(iterable) && iterable[Symbol.iterator] === arrayIterator && arrayIteratorPrototype.next === arrayNext) {
    return { a: iterable, i: 0, v: undefined };
  }
  if (typeof iterable === 'string' && String.prototype[Symbol.iterator] === stringIterator) {
    return { a: [...iterable], i: 0, v: undefined };
  }
  if (iterable === null || iterable === undefined || typeof iterable[Symbol.iterator] !== 'function') {
    for (const _ of iterable) break; // throws the engine's own words
  }
  const iterator = iterable[Symbol.iterator]();
  return { it: iterator, next: iterator.next, v: undefined };
});

/** The position of a for-in loop: the keys at its start; one that is gone or hidden when its turn comes is passed over. */
define('$keys', (object) => {
  const a = [];
  for (const key in object) a[a.length] = key;
  return { o: object, a, i: 0, v: undefined };
});

function isVisible(object, key) {
  for (let o = Object(object); o !== null; o = getPrototypeOf(o)) {
    if (getOwnPropertyDescriptor(o, key)?.enumerable) return true;
  }
  return false;
}

/** Moves on; false when there is nothing more. The value is in {@code v}. */
define('$next', (cursor) => {
  if (cursor.a === undefined) {
    const step = apply(cursor.next, cursor.it, []);
    if (typeof step !== 'object' && typeof step !== 'function') throw new TypeError('Iterator result is not an object');
    if (step.done) return false;
    cursor.v = step.value;
    return true;
  }
  while (cursor.i < cursor.a.length) {
    cursor.v = cursor.a[cursor.i++];
    if (!('o' in cursor) || isVisible(cursor.o, cursor.v)) return true;
  }
  cursor.i = Infinity;
  return false;
});
