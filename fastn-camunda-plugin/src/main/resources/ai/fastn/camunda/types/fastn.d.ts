// What code of a workflow can use beside the language itself; lib "es2024", no DOM.

/** What the function of a workflow is given. */
interface FastnContext<Input = any> {
  /** What the run was started with, as JSON. */
  readonly input: Input;
  /** Headers of the request that started the run, names in lower case; empty for other starts. */
  readonly headers: { readonly [name: string]: string };
  /** The run itself. */
  readonly execution: {
    readonly id: string;
    readonly attempt: number;
    readonly version: number;
    readonly environment: string;
    readonly tenant: string;
    readonly trigger: string;
  };
}

/** What an action answers; an object also tells about the call, in properties that are not listed. */
type FastnAnswer<Output> = Promise<Output extends object ? Output & FastnCall<Output> : Output>;

interface FastnCall<Output> {
  readonly output: Output;
  readonly success: true;
  readonly status: number;
  readonly error: null;
  readonly durationMs: number;
}

/** What a failed call of an action throws. */
interface FastnConnectorError extends Error {
  readonly name: "ConnectorError";
  /** A FASTN code. */
  readonly code: string;
  readonly connector: string;
  readonly action: string;
  /** Of the answer, where there was one. */
  readonly status?: number;
  readonly output?: any;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

/** Which connectors a client uses, by accessor or slug. */
type FastnConnectorChoice = { [name in keyof FastnConnectors]?: FastnConnectorOptions };

interface FastnConnectorOptions {
  /** Whose definition: the operator's or the tenant's own. Absent: the tenant's own where there is one. */
  orgId?: "managed" | "custom";
  /** Which connection, by its label. Absent: the usual one. */
  connection?: string;
}

interface FastnStateOptions {
  /** ORG: shared by the runs of the workflow, the usual one; INVOCATION: of this run. */
  scope?: "ORG" | "INVOCATION";
}

interface FastnStateWriteOptions extends FastnStateOptions {
  /** In seconds; absent: for good. */
  ttl?: number;
}

interface FastnState {
  /** The value; null where there is none. */
  get(key: string, options?: FastnStateOptions): Promise<any>;
  set(key: string, value: any, options?: FastnStateWriteOptions): Promise<void>;
  /** Whether there was none, so that the value is kept now. */
  setIfAbsent(key: string, value: any, options?: FastnStateWriteOptions): Promise<boolean>;
  /** Adds to a number, 0 where there is none, and gives the sum. */
  increment(key: string, by?: number, options?: FastnStateWriteOptions): Promise<number>;
  delete(key: string, options?: FastnStateOptions): Promise<any>;
}

/** Rows of a statement: one object for each, by name of column. */
interface FastnRows<Row = any> extends Array<Row> {
  readonly rows: FastnRows<Row>;
  /** Rows that were read or changed. */
  readonly rowCount: number;
}

type FastnSqlValue =
  | null
  | undefined
  | boolean
  | string
  | number
  | bigint
  | Date
  | Uint8Array
  | ArrayBuffer
  | readonly any[]
  | { readonly [member: string]: any };

interface FastnDb {
  /** One statement with $1, $2, ...; its transaction ends with it. */
  query<Row = any>(sql: string, params?: readonly FastnSqlValue[]): Promise<FastnRows<Row>>;
}

/** Stands for a secret in the input of an action; the code never has its value. */
interface FastnSecretRef {
  toString(): string;
}

interface FastnSecrets {
  get(name: string): Promise<any>;
  ref(name: string): FastnSecretRef;
}

interface FastnEnvConfig {
  /** What the environment of this run has for the key, null where it has nothing. */
  get<T = any>(key: string): Promise<T | null>;
}

interface FastnFlow {
  /** Runs another workflow and gives its result. */
  invoke(workflow: string, input?: any): Promise<any>;
  /** Starts another workflow and goes on. */
  invokeAsync(workflow: string, input?: any): Promise<any>;
}

interface FastnWaitOptions {
  /** Which of several that wait for the same event. */
  key?: string | number;
  /** Milliseconds, or when the wait is over. */
  timeout?: number | Date;
}

declare class Fastn {
  constructor(config?: { connectors?: FastnConnectorChoice });
  readonly connector: FastnConnectors;
  readonly connectors: FastnConnectors;
  readonly db: FastnDb;
  readonly state: FastnState;
  readonly secrets: FastnSecrets;
  readonly envConfig: FastnEnvConfig;
  readonly flow: FastnFlow;
  /** Waits, without a thread: milliseconds, or until a time. */
  sleep(time: number | Date): Promise<void>;
  /** Waits for an event from outside and gives what came with it. */
  waitFor(event: string, options?: FastnWaitOptions): Promise<any>;
}

declare var fastn: Fastn;

interface Console {
  log(...values: any[]): void;
  info(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
  debug(...values: any[]): void;
  trace(...values: any[]): void;
  dir(...values: any[]): void;
  table(...values: any[]): void;
  group(...values: any[]): void;
  groupCollapsed(...values: any[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: any[]): void;
  timeEnd(label?: string): void;
  count(label?: string): void;
  countReset(label?: string): void;
  clear(): void;
  assert(holds?: boolean, ...values: any[]): void;
}

declare var console: Console;

declare function setTimeout<T extends any[]>(callback: (...args: T) => void, milliseconds?: number, ...args: T): number;
declare function setInterval<T extends any[]>(callback: (...args: T) => void, milliseconds?: number, ...args: T): number;
declare function setImmediate<T extends any[]>(callback: (...args: T) => void, ...args: T): number;
declare function clearTimeout(timer?: number): void;
declare function clearInterval(timer?: number): void;
declare function clearImmediate(timer?: number): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(base64: string): string;
declare function btoa(text: string): string;

declare var performance: { now(): number; readonly timeOrigin: number };

declare var crypto: {
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  randomUUID(): string;
  readonly subtle: any;
};

interface URLSearchParams extends Iterable<[string, string]> {
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  forEach(callback: (value: string, name: string, parent: URLSearchParams) => void): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  toString(): string;
  readonly size: number;
}

declare var URLSearchParams: {
  new (init?: string | Iterable<readonly [string, string]> | { [name: string]: string }): URLSearchParams;
};

interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
  toJSON(): string;
}

declare var URL: {
  new (url: string | URL, base?: string | URL): URL;
  canParse(url: string | URL, base?: string | URL): boolean;
};

declare class TextEncoder {
  readonly encoding: "utf-8";
  encode(text?: string): Uint8Array;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  decode(bytes?: ArrayBuffer | ArrayBufferView): string;
}

declare class AbortSignal {
  static abort(reason?: any): AbortSignal;
  static timeout(milliseconds: number): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}

type HeadersInit = Headers | Iterable<readonly [string, string]> | { [name: string]: string };

declare class Headers implements Iterable<[string, string]> {
  constructor(init?: HeadersInit);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getSetCookie(): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  forEach(callback: (value: string, name: string, parent: Headers) => void): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: string | URLSearchParams | ArrayBuffer | ArrayBufferView | null;
  redirect?: "follow" | "error" | "manual";
  signal?: AbortSignal | null;
}

interface Body {
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
  json(): Promise<any>;
  text(): Promise<string>;
}

declare class Request {
  constructor(input: string | URL | Request, init?: RequestInit);
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
}
interface Request extends Body {}

declare class Response {
  constructor(body?: string | ArrayBuffer | ArrayBufferView | null, init?: { status?: number; statusText?: string; headers?: HeadersInit });
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly redirected: boolean;
  readonly headers: Headers;
}
interface Response extends Body {}

/** An HTTP request to a public address. */
declare function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

