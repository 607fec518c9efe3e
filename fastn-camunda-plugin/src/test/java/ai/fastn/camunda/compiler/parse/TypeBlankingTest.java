package ai.fastn.camunda.compiler.parse;

import static ai.fastn.camunda.compiler.parse.ParserFixture.javaScript;
import static ai.fastn.camunda.compiler.parse.ParserFixture.typeScript;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.bench.LongSource;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TypeScript becomes JavaScript in which nothing has moved. */
class TypeBlankingTest {

    private static final String MAIN = "\nexport default async function main(ctx: unknown): Promise<void> {}\n";

    private static final String PUNCTUATION = ";()";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "const a: number = 1, b: Map<string, number[]> = new Map<string, number[]>();",
                "let a!: string; a = a!; a!.length; a!++;",
                "const a = 1 as unknown as string | (() => void);",
                "const a = { b: 1 } satisfies Record<string, number>, c = [1] as const;",
                "const a = <unknown>1, b = <const>['x'];",
                "const f = (a: number, b?: string, ...c: unknown[]): a is number => true;",
                "const f = async <T,>(a: T): Promise<T> => a;",
                "const f = async <\n  T\n>(a: T): Promise<\n  T\n> => a;",
                "const f = (a: number, // a comment )\n): {\n  b: string;\n} => ({ b: '' });",
                "const f = function <T>(this: Date, a: T): T { return a; };",
                "function f(this: Date) {}",
                "function f(a: string): void;\nfunction f(a: number): void;\nfunction f(a: unknown): void {}",
                "function f({ a, b }: { a?: number; b?: string } = {}, [c]: [number]): asserts c {}",
                "function f(a: unknown): asserts a is string {}",
                "interface A<T> extends B { a: string; b(): void }\ninterface B {}\ntype C = keyof A<1>;",
                "declare const a: string;\ndeclare function b(): void;\ndeclare class C {}\ndeclare module 'm' { const x: 1 }\ndeclare global { interface Window {} }",
                "import type { A } from './a';\nimport { type B, type C } from './b';\nimport type D from './d';\nlet x: A | B | C | D;",
                "import { OnlyAType, Another } from './types';\nconst a: OnlyAType = {} as Another;",
                "export type { A };\nexport interface I {}\ninterface A {}\nconst v = 1;\nexport { type A as B, v };",
                "export declare const a: number;\nexport abstract class A {}\nexport type T = 1;\nexport { T as U };",
                "class A<T> extends Map<string, T> implements Iterable<T>, Disposable { }",
                "class A {\n  private a: number = 1;\n  public readonly b?: string;\n  protected static c!: number;\n  declare d: string;\n}",
                "abstract class A {\n  abstract a: string;\n  abstract b(): void;\n  protected abstract get c(): number;\n  [key: string]: unknown;\n}",
                "class A {\n  constructor();\n  constructor(a?: number) {}\n  m(): void;\n  m(a?: number): void {}\n}",
                "class A {\n  a = 1\n  private ['b'] = 2\n  public *c() {}\n  static async *d<T>(): AsyncGenerator<T> {}\n}",
                "class A {\n  a = 1\n  declare b: string\n  ['c'] = 2\n}",
                "class A extends (Object as any) { override toString(): string { return super.toString(); } }",
                "class A { readonly = 1; declare = 2; abstract = 3; get: string = ''; static; async?: boolean; }",
                "class A { get a(): number { return 1; } set a(v: number) {} optional?(): void; private async b(): Promise<void> {} }",
                "let a = 1 as number\n;[1].map((b: number) => b)",
                "let a = 1 as number\n(function () {})",
                "let a: string\n`x`.trim()",
                "let a = 1 as any\n['x'].length",
                "call()\ninterface A {}\n(1 + 2)\nfunction call() {}",
                "call()\ntype A = 1\n[1].length\nfunction call() {}",
                "try { } catch (e: unknown) { }",
                "for (const a of [] as string[]) {}\nfor (let i: number = 0; i < (1 as number); i++) {}\nfor (const k in {} as object) {}",
                "label: for (;;) { if ((1 as number) < 2) break label }",
                "const a = (1 as any)\n  .toString<string>()\n  ?.trim()!.length;",
                "const a = [1].map<string>((n): string => `${n as number}`), b = new Set<string>, c = String.raw<string>`x`;",
                "const f = Array<string>, g = [1].map<number>;",
                "let a; (a as any) = 1; [a as any] = [1]; ({ b: a! } = { b: 1 }); (<any>a)++;",
                "const a = 1 ? (2) : (b: number): string => '';",
                "const a = 1 ? (b): string => '' : null;",
                "const o = { m<T>(a?: T): void {}, get p(): number { return 1; }, async *g(this: unknown): AsyncGenerator {}, [1 as any]: 2 };",
                "const unicode = '😀' as string, next: number = 1;",
                "const a = 1 as /* as */ number /* : */; // : string",
                "if (1 as any) call() as void\nelse call()!\nfunction call(): any {}",
                "const o = null as any; o?.a!.b?.<string>(o![0]!);",
                "type A = { a: `${string}-${number}` }; type B<T> = T extends infer U ? U : never; let x: typeof import('x');",
                "namespace Types { export interface A {} export type B = A; }\nlet a: Types.A;",
                "namespace N {}\nimport A = N.B;\nlet a: A;",
                "export default interface X {}",
                "const f = (x: any): x is string => true, g = (y?: number) => y",
                "async function* f<T>(a: T): AsyncIterable<T> { yield a as T; yield* (await a) as any; }",
                "let a = 5 as number < 6, b = 1 as number + 2, c = !(1 as any)!",
                "const x = { a, b: a! as number, ...(a as object) }, { a }: { a: any } = {} as any;"
            })
    void blankedTextHasEveryCharacterInItsPlace(String snippet) {
        String text = snippet + MAIN;
        String blanked = typeScript(text).javaScript();
        assertThat(blanked).hasSameSizeAs(text);
        for (int i = 0; i < text.length(); i++) {
            char was = text.charAt(i);
            char is = blanked.charAt(i);
            boolean blank = is == ' ' && was != '\n' && was != '\r';
            assertThat(is == was || blank || PUNCTUATION.indexOf(is) >= 0)
                    .as("%d in %s", i, blanked)
                    .isTrue();
        }
        assertTreeIsThatOfTheJavaScript(text);
    }

    @Test
    void theTreeOfALongFileIsThatOfItsJavaScript() {
        assertTreeIsThatOfTheJavaScript(LongSource.of(300, 1, true).text());
    }

    private static void assertTreeIsThatOfTheJavaScript(String typeScript) {
        Script typed = typeScript(typeScript);
        Script plain = javaScript(typed.javaScript());
        assertThat(typed.program()).isEqualTo(plain.program());
        assertThat(typed.comments()).isEqualTo(plain.comments());
    }

    @Test
    void semicolonsStandWhereTheNextLineWouldGoOn() {
        assertThat(typeScript("let a = 1 as any\n[1].at(0)" + MAIN).javaScript())
                .startsWith("let a = 1 ;     \n[1].at(0)");
        assertThat(typeScript("let f = 1\ninterface A {}\n(f)" + MAIN).javaScript())
                .startsWith("let f = 1\n;             \n(f)");
    }

    @Test
    void parenthesesMoveOverALineEnd() {
        assertThat(typeScript("let f = (a): Array<\n1> => a" + MAIN).javaScript())
                .startsWith("let f = (a         \n ) => a");
    }

    @Test
    void anAssertionOverALineEndGetsParentheses() {
        assertThat(typeScript("let f = () => { return <any>\n1; };" + MAIN).javaScript())
                .startsWith("let f = () => { return (    \n1); };");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "enum E { A, B = 5, C, 'd-e' } ~ JSON.stringify(E) ~ {\"0\":\"A\",\"5\":\"B\",\"6\":\"C\",\"7\":\"d-e\",\"A\":0,\"B\":5,\"C\":6,\"d-e\":7}",
                "enum E { A = 'x', B = `y` } ~ JSON.stringify(E) ~ {\"A\":\"x\",\"B\":\"y\"}",
                "enum E { A = 1 << 2, B = A | 1, C = E.A + 10, D } ~ [E.A, E.B, E.C, E.D, E[14]].join() ~ 4,5,14,15,C",
                "enum E { A = 'ab'.length, B } ~ [E.A, E.B, E[3]].join() ~ 2,3,B",
                "const enum E { A = -1, B } ~ [E.A, E.B].join() ~ -1,0",
                "enum E { A } enum E { B = 1 } ~ [E.A, E.B].join() ~ 0,1",
                "export enum E { A } export enum E { B = 1 } ~ [E.A, E.B].join() ~ 0,1",
                "function f() { enum E { A = 3 } return E.A; } ~ f() ~ 3",
                "declare enum D { A } enum E { A, } ~ E.A ~ 0",
                "namespace N { export const a = 1; export function f(x: number) { return a + x; } const hidden = 2 } ~ [N.a, N.f(2), (N as any).hidden].join() ~ 1,3,",
                "namespace N { export let a = 1; export function inc() { a++; } } N.inc(); ~ N.a ~ 2",
                "namespace A.B.C { export const x = 1 } namespace A.B { export const y = 2 } ~ A.B.C.x + A.B.y ~ 3",
                "namespace N { export namespace M { export class K { v = 7 } } export enum E { Z = 4 } export const { p, q: [r] } = { p: 1, q: [2] } } ~ new N.M.K().v + N.E.Z + N.p + N.r ~ 14",
                "namespace N { export interface I {} export const a = 1 } import a = N.a; ~ a ~ 1",
                "class A { constructor(public a: number, private readonly b = 2) {} sum() { return this.a + this.b; } } ~ new A(1).sum() ~ 3",
                "class A {} class B extends A { c; constructor(public a: string) { super(); this.c = this.a + 1; } } ~ new B('x').c ~ x1",
                "class A { constructor(protected a: number) { 'use strict'; } } ~ (new A(1) as any).a ~ 1",
                "abstract class A { abstract accessor a: number; private accessor accessor = 4; get() { return this.accessor; } } class B extends A { accessor a = 5 } ~ new B().a + new B().get() ~ 9",
                "const x = 1 + 2 as number * 3, y = 0 || 1 as number + 1; ~ [x, y].join() ~ 9,2",
                "class A { accessor a: string | undefined; accessor b = 2 } ~ [new A().a, new A().b].join() ~ ,2"
            })
    void whatRunsInTypeScriptRunsTheSame(String declarations, String expression, String result) {
        String text = declarations + "\nexport default () => " + expression;
        Script script = typeScript(text);
        assertThat(script.javaScript().lines().count()).isEqualTo(text.lines().count());
        assertThat(run(script)).isEqualTo(result == null ? "" : result);
    }

    private static String run(Script script) {
        try (Context context = Context.newBuilder("js")
                .allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false")
                .option("js.esm-eval-returns-exports", "true")
                .build()) {
            Value exports = context.eval(Source.newBuilder("js", script.javaScript(), "workflow.mjs")
                    .mimeType("application/javascript+module")
                    .buildLiteral());
            return exports.getMember("default").execute().toString();
        }
    }

    @Test
    void linesStayWhereTheyAreInWhatIsWrittenOut() {
        String text = """
                enum Color { // a comment
                  Red = 'red',

                  Green = 'green', // another
                }
                namespace Tools {
                  export const twice = (n: number) =>
                    n * 2;
                }
                class Point {
                  constructor(
                    public x: number,
                    public y: number,
                  ) {}
                }
                """;
        assertThat(typeScript(text + MAIN).javaScript()).startsWith("""
                        var Color; (function (Color) { // a comment
                          Color["Red"] =  'red';\s

                          Color["Green"] =  'green';  // another
                        })(Color || (Color = {}));
                        var Tools; (function (Tools) {
                                 const twice = (n        ) =>
                            n * 2;; Tools.twice = twice;
                        })(Tools || (Tools = {}));
                        class Point { x; y;
                          constructor(
                                   x        ,
                                   y        ,
                          ) { this.x = x; this.y = y;}
                        }
                        """);
    }
}
