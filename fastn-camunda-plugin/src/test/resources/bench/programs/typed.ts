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
