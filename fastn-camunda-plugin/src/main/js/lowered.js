// What the compiler's parser writes in place of syntax that the engine does not have: decorators, `using`, and texts with
// characters that a process can not be stored with. As in the proposals, and as TypeScript does it.
import { apply, create, defineProperty, deleteProperty, describe, freeze, getPrototypeOf, GuestError, hide, push } from './primordials.js';

const { RegExp } = globalThis;

/** A member of an object that is used as a decorator is called on the object. */
const bound = (object, key) => {
  const decorator = object[key];
  return typeof decorator === 'function' ? (...args) => apply(decorator, object, args) : decorator;
};

function accepted(value) {
  if (value !== undefined && typeof value !== 'function') throw new TypeError('Function expected');
  return value;
}

const run = (functions, self) => {
  for (let i = 0; i < functions.length; i++) apply(functions[i], self, []);
};

/** The part of a property descriptor that a kind of member decorates. */
const PART = { getter: 'get', setter: 'set' };

/** Calls the decorators of a class or a member, the last first; what they give stands in `parts` afterwards. */
function decorate({ list, kind, facts, initializers, extra }, parts) {
  for (let i = list.length - 1; i >= 0; i--) {
    let done = false;
    const addInitializer = (initializer) => {
      if (done) throw new TypeError('Cannot add initializers after decoration has completed');
      push(extra, accepted(initializer ?? null));
    };
    const context = { ...facts, ...(facts.access ? { access: { ...facts.access } } : {}), addInitializer };
    const part = PART[kind] ?? 'value';
    const result = apply(list[i], undefined, [kind === 'accessor' ? { get: parts.get, set: parts.set } : parts[part], context]);
    done = true;
    if (kind === 'accessor') decorateAccessor(result, parts, initializers);
    else if (kind === 'field') initializers.unshift(...(accepted(result) ? [result] : []));
    else parts[part] = accepted(result) ?? parts[part];
  }
}

function decorateAccessor(result, parts, initializers) {
  if (result === undefined) return;
  if (result === null || typeof result !== 'object') throw new TypeError('Object expected');
  parts.get = accepted(result.get) ?? parts.get;
  parts.set = accepted(result.set) ?? parts.set;
  const init = accepted(result.init);
  if (init) initializers.unshift(init);
}

function accessTo(key, kind) {
  const access = { has: (object) => key in object };
  if (kind !== 'setter') access.get = (object) => object[key];
  if (kind !== 'method' && kind !== 'getter') access.set = (object, value) => void (object[key] = value);
  return access;
}

/** The decorators of a class and its members, from the evaluation of the class to the instances it makes. */
class Decorators {
  #list;
  #elements = [];
  #classExtra = [];
  #staticExtra = [];
  #instanceExtra = [];
  /** The class as it stands in the text, and what its decorators made of it. */
  type;
  self;

  constructor(list) {
    this.#list = list;
  }

  /** A member with decorators; gives the key that stands in the class body for it. */
  key(kind, isStatic, list, name, isPrivate = false) {
    const key = isPrivate || typeof name === 'symbol' ? name : `${name}`;
    const slot = isPrivate ? Symbol(name) : key;
    const late = kind === 'field' || kind === 'accessor';
    const extra = late ? [] : isStatic ? this.#staticExtra : this.#instanceExtra;
    const facts = { kind, name: key, static: isStatic, private: isPrivate };
    push(this.#elements, { kind, isStatic, isPrivate, list, key, slot, facts, extra, initializers: [], parts: {} });
    return slot;
  }

  keyOf(number) {
    return this.#elements[number].key;
  }

  /** Decorates members and class; what the class is afterwards. `privates` has what reaches private members. */
  apply(type, privates, name) {
    if (name && describe(type, 'name')?.value === '') defineProperty(type, 'name', { value: name, configurable: true });
    // as long as the language of the engine has no metadata there is none, unless the author adds the symbol
    const metadata = Symbol.metadata && create(getPrototypeOf(type)[Symbol.metadata] ?? null);
    const isField = ({ kind }) => kind === 'field';
    const groups = [[false, true], [false, false], [true, true], [true, false]];
    for (const [fields, statics] of groups) {
      this.#elements.forEach((element, number) => {
        if (isField(element) === fields && element.isStatic === statics) {
          element.facts.metadata = metadata;
          this.#decorate(element, type, privates[number]);
        }
      });
    }
    this.type = type;
    this.self = type;
    if (this.#list.length > 0) this.#decorateClass(type, metadata);
    if (metadata) hide(this.self, Symbol.metadata, metadata);
    run(this.#staticExtra, this.self);
    return this.self;
  }

  #decorate(element, type, own) {
    const { isPrivate, isStatic, key, kind, slot, facts } = element;
    const owner = isStatic ? type : type.prototype;
    if (isPrivate) {
      deleteProperty(type.prototype, slot);
      const { value, ...access } = own;
      facts.access = access;
      element.parts = kind === 'accessor' ? value : { [PART[kind] ?? 'value']: value };
      for (const part of ['get', 'set', 'value']) if (element.parts[part]) named(element.parts[part], part, key);
      decorate(element, element.parts);
      return;
    }
    facts.access = accessTo(key, kind);
    const property = kind === 'field' ? {} : describe(owner, key);
    decorate(element, property);
    if (kind !== 'field') defineProperty(owner, key, property);
  }

  #decorateClass(type, metadata) {
    const parts = { value: type };
    const facts = { kind: 'class', name: type.name, metadata };
    decorate({ list: this.#list, kind: 'class', facts, extra: this.#classExtra }, parts);
    this.self = parts.value;
  }

  /** First of all fields of an instance. */
  begin(instance) {
    run(this.#instanceExtra, instance);
  }

  field(number, instance, value) {
    return this.#elements[number].initializers.reduce((before, initializer) => apply(initializer, instance, [before]), value);
  }

  after(number, instance) {
    run(this.#elements[number].extra, instance);
  }

  value(number) {
    return this.#elements[number].parts.value;
  }

  call(number, part, self, ...args) {
    return apply(this.#elements[number].parts[part], self, args);
  }

  end() {
    run(this.#classExtra, this.self);
  }

  made() {
    return this.self;
  }
}

function named(value, part, key) {
  defineProperty(value, 'name', { value: part === 'value' ? key : `${part} ${key}`, configurable: true });
}

/** What a block with `using` has to release at its end, in reverse order. */
class Resources {
  #open = [];
  #failed = false;
  #error;

  use(value) {
    if (value !== null && value !== undefined) this.#keep(value, value[Symbol.dispose], false);
    return value;
  }

  useAsync(value) {
    if (value === null || value === undefined) push(this.#open, { isAsync: true });
    else this.#keep(value, value[Symbol.asyncDispose], true);
    return value;
  }

  #keep(value, method, isAsync) {
    if (typeof value !== 'object' && typeof value !== 'function') throw new TypeError('Object expected');
    const fallback = isAsync && (method === undefined || method === null);
    const release = fallback ? value[Symbol.dispose] : method;
    if (typeof release !== 'function') throw new TypeError('Object not disposable');
    push(this.#open, { value, release, isAsync, fallback });
  }

  fail(error) {
    this.#error = this.#failed ? new SuppressedError(error, this.#error, 'An error was suppressed during disposal') : error;
    this.#failed = true;
  }

  release() {
    while (this.#open.length > 0) {
      const { value, release } = this.#open.pop();
      try {
        apply(release, value, []);
      } catch (error) {
        this.fail(error);
      }
    }
    if (this.#failed) throw this.#error;
  }

  async releaseAsync() {
    while (this.#open.length > 0) {
      const { value, release, isAsync, fallback } = this.#open.pop();
      try {
        const result = release && apply(release, value, []);
        if (isAsync) await (fallback ? undefined : result);
      } catch (error) {
        this.fail(error);
      }
    }
    if (this.#failed) throw this.#error;
  }
}

class SuppressedError extends GuestError {
  constructor(error, suppressed, message) {
    super(message);
    hide(this, 'error', error);
    hide(this, 'suppressed', suppressed);
  }
}
hide(SuppressedError.prototype, 'name', 'SuppressedError');

/** The strings of a tagged template, the same each time. */
const templates = create(null);
function strings(id, cooked, raw) {
  if (templates[id] === undefined) {
    hide(cooked, 'raw', freeze(raw));
    templates[id] = freeze(cooked);
  }
  return templates[id];
}

export function installLowered(global) {
  for (const name of ['dispose', 'asyncDispose']) {
    if (!Symbol[name]) defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
  }
  if (!global.SuppressedError) hide(global, 'SuppressedError', SuppressedError);
  const lowered = {
    bound,
    decorators: (list) => new Decorators(list),
    resources: () => new Resources(),
    regExp: (pattern, flags) => new RegExp(pattern, flags),
    strings,
  };
  hide(global, '$lowered', freeze(lowered));
}
