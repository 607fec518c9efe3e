// === fields are made in order after super returned, with this and earlier fields in reach
const log = [];
class A { a = log.push('a'); constructor() { log.push('A'); this.kind = new.target.name } }
class B extends A { b = log.push('b ' + this.a); c = this.b + 1; constructor() { log.push('before'); super(); log.push('after') } }
const b = new B();
await p.read(1);
return [log, b];

// === this before super is an error, and super twice too
const log = [];
class A {}
class B extends A { constructor(x) { if (x === 1) { try { this.x = 1 } catch (e) { log.push(e.name) } } super(); if (x === 2) { try { super() } catch (e) { log.push(e.name) } } } }
new B(await p.read(1));
new B(await p.read(2));
class C extends A { constructor() { } }
try { new C() } catch (e) { log.push(e.name) }
class D extends A { constructor() { return { own: true } } }
return [log, new D()];

// === accessors and static members live across steps
class T {
  static #made = [];
  static get made() { return T.#made.length }
  static { T.version = 2 }
  get full() { return this.first + ' ' + this.last }
  set full(v) { [this.first, this.last] = v.split(' ') }
  constructor() { T.#made.push(this) }
}
const t = new T();
t.full = await p.read('Ada Lovelace');
new T();
await p.write(t.full);
t.first = 'Countess';
return [t.full, T.made, T.version, Object.keys(t), 'full' in t, Object.hasOwn(t, 'full')];

// === private methods, accessors and brand checks
class Box {
  #v = 0;
  get #twice() { return this.#v * 2 }
  set #twice(x) { this.#v = x / 2 }
  async #load(x) { this.#v = await p.read(x); return this }
  static has(o) { return #v in o && #load in o }
  async fill(x) { await this.#load(x); this.#twice += 2; return this.#v }
}
const b = new Box();
const out = [await b.fill(5), await b.fill(10), Box.has(b), Box.has({})];
try { await Box.prototype.fill.call({}, 1) } catch (e) { out.push(e.name) }
return out;

// === async methods, static async methods and async generators in one class
class Api {
  static base = 'x';
  static async make(name) { const o = new this(); o.name = await p.read(Api.base + name); return o }
  async get(path) { return `${this.name}/${await p.read(path)}` }
  async *list(n) { for (let i = 0; i < n; i++) yield await this.get(i) }
}
const api = await Api.make('1');
const out = [];
for await (const x of api.list(3)) out.push(x);
return [out, await api.get('end')];

// === super calls with effects in a chain of three classes
class A { async run(x) { return ['A', await p.read(x)] } }
class B extends A { async run(x) { const r = await super.run(x + 1); return [...r, 'B'] } }
class C extends B { run = async (x) => { const r = await super.run(x * 10); await p.write(r.length); return [...r, 'C'] } }
return await new C().run(1);

// === a static initialiser and computed members run once, in order
const log = [];
const k = (x) => (log.push(x), x);
class A { static [k('s1')] = k('v1'); [k('m')]() {} static { k('block') } [k('f')] = k('field'); static [k('s2')] = k('v2') }
await p.read(log.length);
const a = new A();
return [log, Object.keys(A), Object.keys(a)];

// === a class expression with a name that is only known inside
const C = class Inner { static self = () => Inner; again() { return new Inner() } };
await p.read(1);
let name;
try { Inner } catch (e) { name = e.name }
return [C.name, C.self() === C, new C().again() instanceof C, name];

// === class names are constant inside and can be changed outside
class A { static change() { A = 1 } static name2() { return A.name } }
const keep = A;
let error;
await p.read(1);
try { A.change() } catch (e) { error = e.name }
A = await p.read('other');
return [A, keep.name2(), error];

// === mixins and instanceof with Symbol.hasInstance
const Loud = (Base) => class extends Base { say() { return super.say().toUpperCase() } };
const Twice = (Base) => class extends Base { say() { return super.say() + super.say() } };
class Voice { say() { return 'hey' } }
class Even { static [Symbol.hasInstance](x) { return x % 2 === 0 } }
const v = new (Loud(Twice(Voice)))();
await p.write(v.say());
return [v.say(), v instanceof Voice, 4 instanceof Even, (await p.read(3)) instanceof Even];

// === species and subclassed promises
class Task extends Promise { static get [Symbol.species]() { return Promise } tag() { return 'task' } }
const t = Task.resolve(await p.read(1));
const next = t.then((x) => x + 1);
await p.write(t.tag());
return [await t, await next, t instanceof Task, next instanceof Task];

// === toString, toJSON, valueOf and inspection of instances
class Money { constructor(c) { this.c = c } toString() { return `${this.c / 100} EUR` } toJSON() { return { cents: this.c } } valueOf() { return this.c } get [Symbol.toStringTag]() { return 'Money' } }
const m = new Money(await p.read(150));
await p.write({ m, list: [m] });
return [`${m}`, m + 1, m > 100, JSON.stringify([m]), Object.prototype.toString.call(m), m];

// === getters on the prototype are not copied, own fields are
class P { own = 1; get computed() { return this.own * 2 } method() {} static s = 1 }
const o = new P();
await p.read(1);
const copy = { ...o, own: await p.read(5) };
return [copy, copy.computed, Object.assign({}, o), structuredClone(o), o.computed];

// === instances in loops with captured loop variables
const all = [];
for (const n of [1, 2, 3]) {
  class Step { n = n; run = async () => (await p.read(n)) * this.n; static no = n }
  all.push(new Step());
  await p.write(Step.no);
}
const out = [];
for (const s of all) out.push(await s.run());
return [out, all[0].constructor === all[1].constructor];

// === inheritance from null and from functions
function Old(x) { this.x = x }
Old.prototype.get = function () { return this.x };
class New extends Old { get() { return super.get() + 1 } }
const n = new New(await p.read(1));
class Bare { static f() { return super.toString === Function.prototype.toString } }
await p.write(n.get());
return [n.get(), n instanceof Old, Bare.f(), Object.getPrototypeOf(New) === Old];

// === a class in a loop whose keys wait and whose methods keep the loop's variable
const made = [];
for (const n of [1, 2]) { class Keyed { [await p.read('k' + n)]() { return n } static [await p.read('s' + n)] = n } made.push(new Keyed(), Keyed) }
await p.write(made.length);
return made.map((m, i) => (i % 2 ? m['s' + (i + 1) / 2] : m['k' + (i / 2 + 1)]()));
