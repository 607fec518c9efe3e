// The frame: all shared variables as one graph, as JSON text, and back. Identity and cycles hold across variables. A graph with something that no text can
// bring back (an open function or iterator, a pending promise, a proxy...) gives null: then the run is rebuilt by replay.
import { apply, brandOf, create, defineProperty, describe, freeze, getPrototypeOf, isArray, isExtensible, isFrozen, isSealed, ownKeys, parse, preventExtensions, push, RealDate, seal, setPrototypeOf, sourceOf, stringify, table, uncurry } from './primordials.js';
import { base64ToBytes, bytesToBase64 } from './base64.js';
import { effectOf, markEffect } from './calls.js';
import { Fastn, partOf, placeOf } from './client.js';
import { functionNamed, functionsAreUntouched, getVariable, nameOfFunction, setVariable, variableNames } from './program-instance.js';
import { nameOfSecretRef, secretRef } from './secrets.js';
import { builtinAt, builtinsAreUntouched, isProxy, pathOfBuiltin, pathOfFunction } from './realm.js';

class Unencodable {
  constructor(what) {
    this.what = what;
  }
}

const refuse = (what) => {
  throw new Unencodable(what);
};

const forEachEntry = uncurry(Map.prototype.forEach);
const forEachValue = uncurry(Set.prototype.forEach);
const timeOf = uncurry(RealDate.prototype.getTime);
const sizeOfMap = uncurry(describe(Map.prototype, 'size').get);
const sizeOfSet = uncurry(describe(Set.prototype, 'size').get);
const TypedArray = getPrototypeOf(Uint8Array);
const tagOfView = uncurry(describe(TypedArray.prototype, Symbol.toStringTag).get);
const lengthOfBuffer = uncurry(describe(ArrayBuffer.prototype, 'byteLength').get);
const isView = ArrayBuffer.isView;
const ObjectPrototype = Object.prototype;
const ArrayPrototype = Array.prototype;
const WELL_KNOWN = ownKeys(Symbol).filter((key) => typeof Symbol[key] === 'symbol');
const VIEWS = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float16', 'Float32', 'Float64', 'BigInt64', 'BigUint64'];
const PLAIN = ['Headers.prototype', 'Request.prototype', 'Response.prototype', 'DOMException.prototype']; // our own classes, all of whose state lies in properties
const PROTOTYPES = {};
for (const type of [Object, Array, RealDate, RegExp, Map, Set, ArrayBuffer, DataView, Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError]) PROTOTYPES[type.name] = type.prototype;
for (const view of VIEWS) if (`${view}Array` in globalThis) PROTOTYPES[`${view}Array`] = globalThis[`${view}Array`].prototype;

let prototypeNames = null; // made when the first frame is written, for every context would pay for it

function nameOfPrototype(prototype) {
  if (prototypeNames === null) {
    prototypeNames = table();
    for (const name of ownKeys(PROTOTYPES)) prototypeNames.set(PROTOTYPES[name], name);
  }
  return prototypeNames.get(prototype);
}

/** Writes one graph: `nodes` are the objects in the order they were met. */
class Encoder {
  nodes = [];
  #ids = table();
  #work = [];
  #execution;

  constructor(execution) {
    this.#execution = execution;
  }

  value(value) {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        if (value !== value) return ['NaN'];
        if (value === Infinity || value === -Infinity) return [`${value}`];
        return Object.is(value, -0) ? ['-0'] : value;
      case 'undefined':
        return ['undefined'];
      case 'bigint':
        return ['bigint', `${value}`];
      case 'symbol':
        return this.#symbol(value);
      default:
        return value === null ? null : this.#reference(value);
    }
  }

  finish() {
    for (let i = 0; i < this.#work.length; i++) this.nodes[i] = this.#node(this.#work[i]);
  }

  #reference(object) {
    let id = this.#ids.get(object);
    if (id === undefined) {
      id = this.#work.length;
      this.#ids.set(object, id);
      push(this.#work, object);
    }
    return [id];
  }

  #symbol(symbol) {
    const key = Symbol.keyFor(symbol);
    if (key !== undefined) return ['symbol', key];
    const known = WELL_KNOWN.find((name) => Symbol[name] === symbol);
    return known === undefined ? refuse('a symbol that is not registered') : ['wellKnown', known];
  }

  #node(object) {
    const place = placeOf(object);
    if (place !== null) return ['client', place.path.length === 0 ? this.value(place.client.config) : this.value(place.client.client), ...place.path];
    if (isProxy(object)) refuse('a Proxy');
    const secret = nameOfSecretRef(object);
    if (secret !== null) return ['secret', secret];
    const name = nameOfFunction(object);
    if (name !== null) return ['function', name];
    if (typeof object === 'function') return this.#builtin(object);
    const prototype = getPrototypeOf(object);
    const plain = this.#plain(object, prototype);
    if (plain !== null) return plain;
    const builtin = prototype === ObjectPrototype && object !== this.#execution ? pathOfBuiltin(object) : null;
    return builtin !== null ? ['builtin', ...builtin] : this.#general(object, prototype);
  }

  #builtin(object) {
    const path = pathOfFunction(object);
    return path === null ? refuse(`the function "${describe(object, 'name')?.value ?? ''}"`) : ['builtin', ...path];
  }

  /** The short form of an ordinary object or array, or null where something is special about it. */
  #plain(object, prototype) {
    const array = prototype === ArrayPrototype && isArray(object);
    if (!array && (prototype !== ObjectPrototype || brandOf(object) !== '[object Object]')) return null;
    if (object === this.#execution || !isExtensible(object)) return null;
    const keys = ownKeys(object);
    const count = array ? keys.length - 1 : keys.length;
    if (array && count !== object.length) return null;
    const node = [array ? 'array' : 'object'];
    for (let i = 0; i < count; i++) {
      const key = keys[i];
      const property = describe(object, key);
      if (typeof key === 'symbol' || !property.enumerable || !property.writable || !property.configurable) return null;
      if (!array) push(node, key);
      push(node, this.value(property.value));
    }
    return node;
  }

  #general(object, prototype) {
    const [kind, ...content] = this.#shell(object);
    if (kind === 'array' && isFrozen(object) && describe(object, 'raw')?.enumerable === false) refuse('the texts of a template');
    const properties = [];
    for (const key of ownKeys(object)) {
      if ((kind === 'array' && key === 'length') || (kind === 'regexp' && key === 'lastIndex')) continue;
      if (isView(object) && typeof key === 'string' && /^\d+$/.test(key)) continue;
      const property = describe(object, key);
      if (!('value' in property)) {
        if (kind === 'error' && key === 'stack') push(properties, ['stack', `${object.stack}`, 5]);
        else refuse('an object with an accessor');
      } else push(properties, [this.value(key), this.value(property.value), (property.writable ? 1 : 0) + (property.enumerable ? 2 : 0) + (property.configurable ? 4 : 0)]);
    }
    const integrity = isFrozen(object) ? 3 : isSealed(object) ? 2 : isExtensible(object) ? 0 : 1;
    return ['general', kind, content, this.#prototype(prototype), integrity, properties];
  }

  #prototype(prototype) {
    if (prototype === null) return null;
    const known = nameOfPrototype(prototype);
    if (known !== undefined) return known;
    if (nameOfFunction(prototype) !== null) {
      const type = describe(prototype, 'constructor')?.value;
      if (typeof type !== 'function') refuse('a generator');
      if (sourceOf(type).includes('#')) refuse('an instance of a class with private members');
      this.#prototype(getPrototypeOf(prototype));
      return this.value(prototype);
    }
    const builtin = pathOfBuiltin(prototype)?.[0];
    if (builtin !== undefined && !PLAIN.includes(builtin)) refuse(`a ${String(builtin).replace('.prototype', '')}`);
    return this.value(prototype);
  }

  #shell(object) {
    if (isArray(object)) return ['array', object.length];
    if (isView(object)) return this.#view(object);
    switch (brandOf(object)) {
      case '[object Error]':
        return ['error', effectOf(object)];
      case '[object Date]':
        return ['date', this.value(timeOf(object))];
      case '[object RegExp]':
        return ['regexp', object.source, object.flags, this.value(object.lastIndex)];
      case '[object Arguments]':
      case '[object Number]':
      case '[object String]':
      case '[object Boolean]':
        return refuse(`a ${brandOf(object)}`);
      default:
        return this.#collection(object);
    }
  }

  #view(object) {
    const type = tagOfView(object);
    return type === undefined ? ['view', 'DataView', this.value(object.buffer), object.byteOffset, object.byteLength] : ['view', type, this.value(object.buffer), object.byteOffset, object.length];
  }

  #collection(object) {
    const entries = [];
    if (holds(sizeOfMap, object)) {
      forEachEntry(object, (value, key) => push(entries, this.value(key), this.value(value)));
      return ['map', entries];
    }
    if (holds(sizeOfSet, object)) {
      forEachValue(object, (value) => push(entries, this.value(value)));
      return ['set', entries];
    }
    if (holds(lengthOfBuffer, object)) return ['buffer', bytesToBase64(new Uint8Array(object))];
    return object === this.#execution ? ['execution'] : ['object'];
  }
}

function holds(method, object) {
  try {
    method(object);
    return true;
  } catch {
    return false;
  }
}

class Decoder {
  #nodes;
  #objects = [];
  execution = null;

  constructor(nodes) {
    this.#nodes = nodes;
    for (let i = 0; i < nodes.length; i++) this.#object(i);
    for (let i = 0; i < nodes.length; i++) this.#fill(nodes[i], this.#objects[i]);
    for (let i = 0; i < nodes.length; i++) this.#close(nodes[i], this.#objects[i]);
  }

  value(code) {
    if (!isArray(code)) return code;
    switch (code[0]) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(code[1]);
      case 'symbol':
        return Symbol.for(code[1]);
      case 'wellKnown':
        return Symbol[code[1]];
      default:
        return typeof code[0] === 'number' ? this.#object(code[0]) : Number(code[0]);
    }
  }

  #object(id) {
    return (this.#objects[id] ??= this.#shell(this.#nodes[id]));
  }

  #shell(node) {
    switch (node[0]) {
      case 'object':
        return {};
      case 'array':
        return [];
      case 'function':
        return functionNamed(node[1]);
      case 'builtin':
        return builtinAt(node.slice(1));
      case 'client':
        return this.#client(node);
      case 'secret':
        return secretRef(node[1]);
      default:
        return this.#special(node[1], node[2]);
    }
  }

  #client([, of, ...path]) {
    if (path.length > 0) return partOf(this.value(of), path);
    if (of === null) return globalThis.fastn instanceof Fastn ? globalThis.fastn : new Fastn();
    const config = this.value(of);
    this.#fillDeep(of);
    return new Fastn(config);
  }

  /** A client reads its configuration when it is made: fill that part of the graph first. */
  #fillDeep(code) {
    if (!isArray(code) || typeof code[0] !== 'number') return;
    const node = this.#nodes[code[0]];
    this.#fill(node, this.#objects[code[0]]);
    if (node[0] === 'object') for (let i = 2; i < node.length; i += 2) this.#fillDeep(node[i]);
  }

  #special(kind, content) {
    switch (kind) {
      case 'array':
        return new Array(content[0]);
      case 'error':
        return this.#error(content[0]);
      case 'date':
        return new RealDate(this.value(content[0]));
      case 'regexp':
        return new RegExp(content[0], content[1]);
      case 'map':
        return new Map();
      case 'set':
        return new Set();
      case 'buffer':
        return base64ToBytes(content[0]).buffer;
      case 'view':
        return new PROTOTYPES[content[0]].constructor(this.value(content[1]), content[2], content[3]);
      case 'execution':
        return (this.execution = {});
      default:
        return {};
    }
  }

  #error(ordinal) {
    const error = new Error();
    for (const key of ownKeys(error)) delete error[key];
    if (ordinal !== null) markEffect(error, ordinal);
    return error;
  }

  #fill(node, object) {
    if (node[0] === 'object') {
      for (let i = 1; i < node.length; i += 2) {
        if (node[i] === '__proto__') defineProperty(object, node[i], { value: this.value(node[i + 1]), writable: true, enumerable: true, configurable: true });
        else object[node[i]] = this.value(node[i + 1]);
      }
    } else if (node[0] === 'array') {
      for (let i = 1; i < node.length; i++) object[i - 1] = this.value(node[i]);
    } else if (node[0] === 'general') this.#fillGeneral(node, object);
  }

  #fillGeneral([, kind, content, prototype, , properties], object) {
    const parent = prototype === null ? null : typeof prototype === 'string' ? PROTOTYPES[prototype] : this.value(prototype);
    if (getPrototypeOf(object) !== parent) setPrototypeOf(object, parent);
    if (kind === 'map') for (let i = 0; i < content[0].length; i += 2) apply(Map.prototype.set, object, [this.value(content[0][i]), this.value(content[0][i + 1])]);
    if (kind === 'set') for (const value of content[0]) apply(Set.prototype.add, object, [this.value(value)]);
    if (kind === 'regexp') object.lastIndex = this.value(content[2]);
    for (const [key, value, bits] of properties) {
      defineProperty(object, this.value(key), { value: this.value(value), writable: (bits & 1) > 0, enumerable: (bits & 2) > 0, configurable: (bits & 4) > 0 });
    }
  }

  #close(node, object) {
    if (node[0] === 'general') [() => {}, preventExtensions, seal, freeze][node[4]](object);
  }
}

/** The frame as text, or null; `execution` is the object behind ctx.execution, which the runtime writes to. */
export function encodeFrame(execution) {
  if (!builtinsAreUntouched() || !functionsAreUntouched()) return null;
  const encoder = new Encoder(execution);
  try {
    const variables = create(null);
    for (const name of variableNames()) variables[name] = encoder.value(getVariable(name));
    const executionCode = encoder.value(execution);
    encoder.finish();
    return stringify({ variables, execution: executionCode, nodes: encoder.nodes });
  } catch (error) {
    if (error instanceof Unencodable) return null;
    throw error;
  }
}

/** Gives all shared variables their values back; returns the object behind ctx.execution. */
export function decodeFrame(text) {
  const frame = parse(text);
  const decoder = new Decoder(frame.nodes);
  for (const name of Object.keys(frame.variables)) setVariable(name, decoder.value(frame.variables[name]));
  return decoder.value(frame.execution);
}
