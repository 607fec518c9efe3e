// === a decorator wraps a method that performs effects
type Method = (this: any, ...args: any[]) => Promise<unknown>;
function logged(method: Method, { kind, name, static: s, private: p }: ClassMethodDecoratorContext): Method {
  console.log(kind, name, s, p);
  return async function (...args) { console.log('->', name, args.length); const result = await method.apply(this, args); console.log('<-', name); return result };
}
class Client {
  constructor(private base: string) {}
  @logged async load(id: number) { return await fastn.connector.probe.read(`${this.base}/${id}`) }
  @logged static async ping() { return await fastn.connector.probe.write('ping') }
}
export default async function (ctx: { input: { ids: number[] } }) {
  const client = new Client('deals');
  const seen = [await Client.ping()];
  for (const id of ctx.input.ids) seen.push(await client.load(id));
  return { seen, name: Client.prototype.load.name };
}
// input: {"ids": [1, 2]}

// === decorators are evaluated, called and initialised in the order of the language
const log: string[] = [];
const d = (label: string) => { log.push(`evaluate ${label}`); return (value: any, { kind, addInitializer, access, ...context }: any) => { log.push(`call ${label} ${kind} ${String(context.name)} ${Object.keys(access ?? {})}`); addInitializer(function (this: any) { log.push(`init ${label} ${typeof this}`) }); return kind === 'field' ? (v: unknown) => (log.push(`value ${label} ${v}`), `${v}!`) : undefined } };
const key = (name: string) => (log.push(`key ${name}`), name);
@d('class 1') @d('class 2')
class A {
  @d('field') a = log.push('a');
  @d('static') static b = log.push('b');
  @d('method 1') @d('method 2') [key('m')]() {}
  @d('getter') get g() { return 1 }
  @d('setter') static set s(v: number) { log.push(`set ${v}`) }
  @d('accessor') accessor c = 'c';
  @d('private') #p() { return 'p' }
  @d('private field') #f = 'f';
  @d('private getter') get #g() { return this.#f }
  static { log.push('block') }
  all() { A.s = 1; this.c = 'd'; return [this.a, A.b, this.g, this.c, this.#p(), this.#g] }
}
export default async function () {
  const a = new A();
  const all = a.all();
  await fastn.connector.probe.write(all);
  return { log, all, own: Object.keys(a), names: Object.getOwnPropertyNames(A.prototype) };
}

// === a class decorator gives another class
const registry: string[] = [];
const register = (tag: string) => <T extends new (...args: any[]) => any>(type: T, { name }: ClassDecoratorContext) => { registry.push(`${tag} ${name}`); return class extends type { tag = tag } as T };
@register('deal') class Deal { static made = 0; static self = this; static count() { return ++Deal.made } constructor(readonly id: number) { Deal.count() } async save() { return await fastn.connector.probe.write({ id: this.id, tag: (this as any).tag }) } }
const Quote = @register('quote') class extends Deal {};
export default async function (ctx: { input: number }) {
  const deals = [new Deal(ctx.input), new Quote(ctx.input + 1)];
  const saved: unknown[] = [];
  for (const deal of deals) saved.push(await deal.save());
  return { saved, registry, made: Deal.made, self: Deal.self === Deal, names: [Deal.name, Quote.name], keys: Object.keys(Deal) };
}
// input: 5

// === decorators of members of an object, in a loop, with effects in their arguments
const rules = { prefix: '>', check(value: (this: any, v: string) => string) { const { prefix } = this; return function (this: any, v: string) { return prefix + value.call(this, v) } } };
export default async function () {
  const seen: string[] = [];
  for (const n of [1, 2]) {
    const add = (suffix: unknown) => (value: any) => function (this: any, v: string) { return value.call(this, v) + suffix };
    class Rule { @rules.check @add(await fastn.connector.probe.read(n)) run(v: string) { return v + n } }
    seen.push(new Rule().run('x'));
    const nested = new (class { @add(n) deep() { return (@((c: any) => c) class { @add('!') inner() { return 'in' } }).prototype.inner() } })();
    seen.push(nested.deep());
  }
  return await fastn.connector.probe.write(seen);
}

// === accessors, also with computed keys and without decorators
const key = Symbol.for('k');
class Counter { accessor count = 0; static accessor total = 10; accessor [key] = (x: number) => x * 2; accessor 'two words' = 2; accessor #own = 3; accessor named = () => 1; sum(): number { this.#own++; return this.count + Counter.total + this[key](4) + this['two words'] + this.#own } }
export default async function () {
  const c = new Counter();
  c.count += (await fastn.connector.probe.read(5)) as number;
  Counter.total--;
  return [c.sum(), Object.keys(c), c.named.name, Object.getOwnPropertyDescriptor(Counter.prototype, 'count')!.get!.name];
}

// === mistakes in decorators are errors when the class is made
const wrong = [() => { class A { @(() => 1 as any) m() {} } }, () => { class A { @(null as any) m() {} } }, () => { class A { @(() => null as any) accessor a = 1 } }, () => { let add: any; class A { @((_: unknown, c: any) => { add = c.addInitializer }) m() {} } add(() => 1) }];
export default async function () {
  const errors: string[] = [];
  for (const make of wrong) { try { make() } catch (e) { errors.push((e as Error).name); await fastn.connector.probe.write(errors.length) } }
  return errors;
}
