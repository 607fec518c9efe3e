(value) => {
  const { Map, Set, Array, ArrayBuffer, Boolean, BigInt, DataView, Date, RegExp, Error, Number, Object, Reflect, JSON, String, Symbol, Promise, Uint8Array } = globalThis;
  const seen = new Map();
  const name = (o) => Object.getPrototypeOf(o)?.constructor?.name ?? 'null';
  const members = (o, skip) =>
    Reflect.ownKeys(o)
      .filter((k) => Reflect.getOwnPropertyDescriptor(o, k).enumerable && !skip(k))
      .map((k) => `${Reflect.getOwnPropertyDescriptor(o, k).get ? 'get ' : ''}${String(k)}: ${print(o[k])}`)
      .join(', ');
  const none = () => false;
  const index = (k) => typeof k === 'string' && /^\d+$/.test(k);
  const more = (o, skip) => { const m = members(o, skip); return m === '' ? '' : ` {${m}}` };
  const state = (o) => (Object.isFrozen(o) ? '!frozen ' : Object.isSealed(o) ? '!sealed ' : Object.isExtensible(o) ? '' : '!closed ');
  function print(v) {
    if (v === null) return 'null';
    if (typeof v === 'string') return JSON.stringify(v);
    if (typeof v === 'bigint') return `${v}n`;
    if (Object.is(v, -0)) return '-0';
    if (typeof v === 'function') return seen.has(v) ? `#${seen.get(v)}` : (seen.set(v, seen.size), `function ${v.name}/${v.length}${more(v, none)}`);
    if (typeof v !== 'object') return String(v);
    if (seen.has(v)) return `#${seen.get(v)}`;
    seen.set(v, seen.size);
    return state(v) + object(v);
  }
  function object(v) {
    if (Array.isArray(v)) return `${name(v) === 'Array' ? '' : name(v)}[${Array.from(v, (x, i) => (i in v ? print(x) : '<hole>')).join(', ')}]${more(v, index)}`;
    if (v instanceof Date) return `Date(${v.getTime()})`;
    if (v instanceof RegExp) return `${v}@${v.lastIndex}`;
    if (v instanceof Promise) return 'Promise';
    if (v instanceof ArrayBuffer) return `ArrayBuffer(${new Uint8Array(v)})`;
    if (v instanceof DataView) return `DataView(${v.byteOffset}, ${v.byteLength}, ${print(v.buffer)})`;
    for (const type of [Boolean, BigInt, Number, String, Symbol]) {
      if (v instanceof type && Object.getPrototypeOf(v) === type.prototype) return `boxed ${print(type.prototype.valueOf.call(v))}${more(v, index)}`;
    }
    if (v instanceof Error) {
      const cause = Object.hasOwn(v, 'cause') ? ` cause ${print(v.cause)}` : '';
      const errors = Object.hasOwn(v, 'errors') ? ` errors ${print(v.errors)}` : '';
      return `${name(v)} ${String(v.name)}(${JSON.stringify(v.message)})${more(v, none)}${cause}${errors}`;
    }
    if (v instanceof Map) return `Map{${[...v].map(([k, x]) => `${print(k)} => ${print(x)}`).join(', ')}}${more(v, none)}`;
    if (v instanceof Set) return `Set{${[...v].map((x) => print(x)).join(', ')}}${more(v, none)}`;
    const type = name(v);
    return type === 'Object' ? `{${members(v, none)}}` : `${type} {${members(v, none)}}`;
  }
  return print(value);
}
