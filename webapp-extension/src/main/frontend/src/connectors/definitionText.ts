import { isMap, isSeq, Lexer, LineCounter, type Node, parseDocument, stringify } from 'yaml';

/** A mistake and the line it is in, from 1. */
export interface TextFault {
  line: number;
  message: string;
}

export type Read = { value: Record<string, unknown> } | { fault: TextFault };

/** Reads YAML or JSON, which is YAML, as plain data: tags and aliases are refused as the server refuses them. */
export function readDefinition(text: string): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const [message = ''] = error.message.split(' at line ');
    return { fault: { line: lines.linePos(error.pos[0]).line, message } };
  }
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { fault: { line: 1, message: 'a definition is an object' } };
  }
  return { value: value as Record<string, unknown> };
}

/** Whether there are comments, which are not stored: a definition is kept as data. */
export function hasComments(text: string): boolean {
  return [...new Lexer().lex(text)].some((token) => token.startsWith('#'));
}

/**
 * The line that the server's words are about. They begin with the path of the member, and may name an unknown field:
 * `connector definition my-shop: actions.getOrder has an unknown field "pth"; allowed are ...`.
 */
export function lineOf(text: string, detail: string): TextFault {
  const found = /^connector definition [^:]*: (.*)$/s.exec(detail);
  const message = found?.[1] ?? detail;
  const path = /^[\w$-]+(?:\.[\w$-]+|\[\d+\])*/.exec(message)?.[0] ?? '';
  const unknown = /has an unknown field "([^"]+)"/.exec(message)?.[1];
  const steps = message.startsWith('the file ') ? [] : path.split(/[.[\]]+/).filter(Boolean);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  let node = document.contents as Node | null;
  let at = node?.range?.[0] ?? 0;
  for (const step of unknown ? [...steps, unknown] : steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === step);
      if (!pair) break;
      at = (pair.key as Node).range?.[0] ?? at;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      node = (node.items[Number(step)] as Node | undefined) ?? null;
      at = node?.range?.[0] ?? at;
    } else break;
  }
  return { line: lines.linePos(at).line, message };
}

export const asYaml = (value: unknown): string => stringify(value, { lineWidth: 100 });
export const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
