// === enums, generics, satisfies and assertions
enum Status { Open = 'open', Closed = 'closed' }
enum Level { Low, Mid = 5, High }
const enum Flag { A = 1 << 0, B = 1 << 1, Both = A | B }
type Row<T extends object = {}> = { id: number } & T;
interface Box<T> { readonly value: T; map?<U>(f: (x: T) => U): Box<U> }
const defaults = { retries: 2, status: Status.Open } satisfies Partial<Record<string, unknown>>;
const box = <T,>(value: T): Box<T> => ({ value });
async function load<T>(id: number, fallback?: T): Promise<T> { return (await fastn.connector.probe.read({ id, fallback })) as T }
export default async function (ctx: { input: Row<{ tags?: string[] }> }): Promise<unknown> {
  const row = await load<Row<{ fallback: string }>>(ctx.input.id, 'f' as any);
  const names: string[] = [Status.Open, Level[Level.Mid], Level[6]!];
  const first = ctx.input.tags![0] as string | undefined;
  await fastn.connector.probe.write({ names, flag: Flag.Both, level: Level.High });
  const mapped = (<T, U>(xs: readonly T[], f: (x: T) => U): U[] => xs.map(f))([1, 2], (x: number): string => `${x}`);
  return { row, first, names, mapped, boxed: box<number>(Flag.B).value, defaults, keys: Object.keys(Level) };
}
// input: {"id": 3, "tags": ["a"]}

// === classes with parameter properties, abstract and overloads
abstract class Shape { protected constructor(readonly name: string, private scale = 2) {} abstract area(): number; describe(this: Shape): string { return `${this.name} ${this.area() * this.scale}` } }
class Square extends Shape { declare extra: string; constructor(public side: number) { super('square') } override area() { return this.side ** 2 } static of(n: number): Square; static of(n: string): Square; static of(n: number | string): Square { return new Square(Number(n)) } }
export default async function (ctx: { input?: unknown }) {
  const s = Square.of(String(await fastn.connector.probe.read(3)));
  const before = s.describe();
  await fastn.connector.probe.write(before);
  s.side++;
  return [before, s.describe(), Object.keys(s), s instanceof Shape];
}

// === type-only syntax in every place
import type { Nothing } from 'nowhere';
declare const ambient: number;
type Fn = (this: void, ...xs: number[]) => asserts xs;
export type Out = { ok: boolean };
namespace Only { export type T = string }
let maybe: string | null | undefined;
export default async ({ input }: { input: { n?: number } }): Promise<Out & { v: unknown }> => {
  const n: number = (input as { n: number }).n!;
  for (const x of [1, n] as const) { const y: typeof x = x; await fastn.connector.probe.read<number>?.(y) }
  try { maybe = (await fastn.connector.probe.read(n > 1 ? 'x' : null)) as string } catch (e: unknown) { throw e as Error }
  function isText(v: unknown): v is string { return typeof v === 'string' }
  const picked = isText(maybe) ? maybe!.length : -1;
  return { ok: !!maybe, v: [picked, <unknown>n] };
};
// input: {"n": 2}
// input: {"n": 1}

// === enums that compute, merge, and are declared
enum Size { Small = 1, Medium, Large = Medium * 10, Text = 'text', Last = Large + 1 }
enum Size { More = 50 }
enum Empty {}
declare enum Ambient { A = 1 }
declare const enum Gone { A }
const enum Bits { None, Read = 1 << 0, Write = 1 << 1, All = Read | Write, Length = 'abc'.length }
export enum Shown { 'with space' = 3, "quoted" = -1 }
enum Refer { A = Size.Large, B = A, C = `${Size.Text}-x` as any }
export default async function (ctx: { input: Size }) {
  enum Local { X = 7 }
  const got: Size = (await fastn.connector.probe.read(ctx.input)) as Size;
  switch (got) { case Size.Small: return 'small'; case Size.Large: await fastn.connector.probe.write(Size[got]) }
  return [Size, Empty, Bits.All, Bits.Length, Shown, Refer, Local.X, Local[7], typeof Ambient];
}
// input: 1
// input: 20

// === namespaces that are merged, nested, exported, and hold functions that perform effects
namespace Api { export const base = 'v1'; const hidden = 2; export async function load(id: number) { return await fastn.connector.probe.read(`${base}/${id + hidden}`) } export interface Row { id: number } export type Id = number }
namespace Api { export const more = base + '!'; export namespace Deep { export let count = 0; export const up = () => ++count } export class Row2 { v = more } export enum Kind { A = 'a' } }
namespace Api.Deep.Deeper { export const here = Api.Deep.count + 1 }
function tagged(x: number) { return x + tagged.extra } namespace tagged { export const extra = 5 }
class Shape { area() { return Shape.unit } } namespace Shape { export const unit = 4 }
enum Color { Red } namespace Color { export function parse(s: string) { return s === 'red' ? Color.Red : -1 } }
namespace Types { export interface A {} export type B = A; export namespace Inner { export type C = B } }
declare namespace Nowhere { const a: number }
declare module 'virtual' { export const x: number }
declare global { interface Window { own: number } }
import alias = Api.Deep;
export namespace Exported { export const v = 1 }
export default async function (ctx: { input: Types.B }) {
  const rows: Api.Row[] = [];
  for (const id of [1, 2]) rows.push({ id: (await Api.load(id)) as Api.Id });
  alias.up();
  return [rows, Api.more, Api.Deep.count, Api.Deep.Deeper.here, tagged(1), new Shape().area(), Color.parse('red'), new Api.Row2().v, Api.Kind.A, Exported.v, Object.keys(Api)];
}

// === classes with everything that is only type
interface Named { name: string }
abstract class Base<T extends object = {}> implements Named, Disposable {
  declare readonly ghost: string;
  static #made = 0; static readonly kinds: readonly string[] = ['a'] as const;
  name!: string; protected readonly opt?: T; [key: string]: unknown; [n: number]: any; static [s: symbol]: any;
  constructor(public readonly id: number, protected label = 'l', private readonly extra?: T) { Base.#made++; this.name = `${label}${id}` }
  abstract get size(): number; abstract run(n: number): Promise<unknown>; abstract accessor level: number;
  get double(): number { return this.size * 2 } set double(v: number) { this.label = `${v}` }
  is(): this is Base<T> & { extra: T } { return this.extra !== undefined } self(): this { return this }
  protected optional?(): void; over(a: string): string; over(a: number): number; over(this: Base<T>, a: any): any { return a }
  static made(this: void) { return Base.#made } [Symbol.dispose](): void {}
  private async *many<U>(this: this, ...xs: U[]): AsyncGenerator<U, void, undefined> { yield* xs }
  async all() { const seen: unknown[] = []; for await (const x of this.many<number | string>(1, 'b')) seen.push(x); return seen }
}
class Real extends Base<{ x: 1 }> { override size = 3; accessor level = 9; public override async run(n: number) { return (await fastn.connector.probe.read(n + this.id)) as number } constructor(id: number, public tag: string = 't') { super(id, 'real', { x: 1 }) } }
const Anonymous = class<T> extends Array<T> implements Iterable<T> { private readonly own: T | null = null; constructor(...xs: T[]) { super(...xs) } };
export default async function (ctx: any): Promise<object> {
  const real: Base = new Real(1);
  real.double = 5;
  return [await real.run(2), real.is(), real.self() === real, real.over(1), Base.made(), real.double, await real.all(), (real as Real).level, Object.keys(real), new Anonymous<number>(1, 2).length, real instanceof Base];
}

// === functions, generics and assertions in every place
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
declare const unique: unique symbol;
declare function outside(a: string): asserts a is 'x';
function isText(v: unknown): v is string { return typeof v === 'string' }
function ensure(v: unknown, message?: string): asserts v { if (!v) throw new TypeError(message) }
const pick = <T extends object, const K extends keyof T>(o: T, ...keys: K[]): Pick<T, K> => Object.fromEntries(keys.map((k) => [k, o[k]])) as Pick<T, K>;
const later = async <T,>(value: T | Promise<T>): Promise<Awaited<T>> => await value;
function over(x: string): string; function over(x: number): number; function over(x: any) { return x }
let definite!: number; let tuple: [a: number, b?: string, ...rest: boolean[]] = [1];
const literal = { a: 1, b: 'x', m<T>(this: void, t: T): T { return t }, get g(): number { return 2 }, set g(v: number) {} } satisfies Record<string, unknown>;
type Fn = typeof over; type Pair<A, B = A> = readonly [A, B]; type Cond<T> = T extends (infer U extends string)[] ? U : never; type Mapped = { readonly [K in keyof Json as `x${string & K}`]?: Json[K] };
export type { Json }; export type * from 'nowhere'; import type Default from 'nowhere2'; import { type Y } from 'nowhere3';
/// <reference types="node" />
export default async function main<T = unknown>(this: unknown, { input = 3 as number }: { input?: number } = {}): Promise<Json> {
  ensure(input, 'no input'); definite = input!;
  const text = (<string>await fastn.connector.probe.read(<any>`${definite}`))!;
  const value = isText(text) ? text as string : (text satisfies never);
  const made = new Map<string, Array<() => void>>(), call = over<number>, opt = literal?.m!<number>(1)!, deep = ({ a: { b: [1] } } as const).a?.b![0]!;
  label: for (const x of [1, 2] as readonly number[]) { if ((x as number) < 2) continue label; await fastn.connector.probe.write(x satisfies number) }
  try { ensure(false as boolean, 'm') } catch (e: unknown) { definite = (e as Error).message.length }
  const cmp = definite < input, generic = (over as (x: any) => any)<any>(1), arrow = (a?: number, ...b: string[]): a is 1 => a === 1;
  var fn = function <T>(this: void, x: T): x is T & string { return true }, as = 1, satisfies = 2, type = as + satisfies, of = type, declare = 1, namespace = 2, abstract = 3, readonly = 4, keyof = 5, infer = 6, is = 7, module = 8;
  type Inner = { a: Inner } | null; interface Hidden { (x: number): string; new (x: string): Hidden; readonly [k: string]: any }
  return [value, made.size, typeof call, opt, deep, definite, cmp, generic, arrow(1), fn(1), tuple, literal.g, pick(literal, 'a', 'b'), await later(5), over('o'), type, of, declare + namespace + abstract + readonly + keyof + infer + is + module] as Json;
}
// input: 4
