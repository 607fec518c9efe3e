import { t } from '../words';

export interface JsonFault {
  at: number;
  line: number;
  column: number;
  message: string;
}

export type Parsed = { value: unknown } | { fault: JsonFault };

/** `JSON.parse`, but a fault knows where it is (browsers word and place theirs differently) and is said in words. */
export function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { fault: locate(text) };
  }
}

function locate(text: string): JsonFault {
  const scanner = new Scanner(text);
  let fault = { at: text.length, expected: t('json.nothing') };
  try {
    scanner.document();
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    fault = error;
  }
  const before = text.slice(0, fault.at).split('\n');
  const ended = fault.at >= text.trimEnd().length;
  return {
    at: fault.at,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: t(ended ? 'json.end' : 'json.expected', { expected: fault.expected }),
  };
}

class Unexpected extends Error {
  constructor(
    readonly at: number,
    readonly expected: string,
  ) {
    super(expected);
  }
}

const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON wants these escaped inside texts
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const BLANKS = /[ \t\r\n]*/y;

/** Walks over the text only to find where it stops being JSON. */
class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): void {
    this.value();
    this.skip(BLANKS);
    if (this.at < this.text.length) throw new Unexpected(this.at, t('json.nothing'));
  }

  private value(): void {
    this.skip(BLANKS);
    const first = this.text[this.at];
    if (first === '{') this.list('}', () => this.member());
    else if (first === '[') this.list(']', () => this.value());
    else if (first === '"') this.string();
    else if (!this.skip(SCALAR)) throw new Unexpected(this.at, t('json.value'));
  }

  private list(end: string, item: () => void): void {
    this.at++;
    if (this.accept(end)) return;
    do item();
    while (this.accept(','));
    if (!this.accept(end)) throw new Unexpected(this.at, t('json.commaOrEnd', { end }));
  }

  private member(): void {
    this.skip(BLANKS);
    if (this.text[this.at] !== '"') throw new Unexpected(this.at, t('json.key'));
    this.string();
    if (!this.accept(':')) throw new Unexpected(this.at, t('json.colon'));
    this.value();
  }

  private string(): void {
    this.skip(STRING);
    const escaped = this.text[this.at] === '\\' && this.at + 1 < this.text.length;
    if (escaped) throw new Unexpected(this.at, t('json.escape'));
    if (this.text[this.at] !== '"') throw new Unexpected(this.at, t('json.text'));
    this.at++;
  }

  private accept(sign: string): boolean {
    this.skip(BLANKS);
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const length = pattern.exec(this.text)?.[0].length ?? 0;
    this.at += length;
    return length > 0;
  }
}
