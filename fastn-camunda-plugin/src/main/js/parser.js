// The compiler's parser: text in, the syntax tree as JSON text out.
import { parse } from '@babel/parser';
import { renameCaught } from './parser/catches.js';
import { makeStorable } from './parser/characters.js';
import { lowerDecorators } from './parser/decorators.js';
import { Edits } from './parser/edits.js';
import { exportCallable } from './parser/exports.js';
import { Names } from './parser/names.js';
import { childrenOf } from './parser/nodes.js';
import { lowerResources } from './parser/resources.js';
import { toJavaScript } from './parser/typescript.js';
import { untyped } from './parser/untyped.js';

// What JSON can not carry, and what nobody reads
BigInt.prototype.toJSON = function () {
  return this.toString();
};
Object.getPrototypeOf(parse('').program.loc).toJSON = () => undefined;

/** Nobody reads more mistakes at once. */
const ENOUGH = 20;

/** What JavaScript will have; it is written in today's. */
const MODERN = ['decorators', 'decoratorAutoAccessors', 'explicitResourceManagement'];

/** The tree, or the mistakes; those that Babel can go on after come several at once. */
function attempt(text, plugins) {
  try {
    const file = parse(text, {
      sourceType: 'module',
      plugins: [['estree', { classFeatures: true }], ...plugins],
      errorRecovery: true,
      attachComment: false,
      createImportExpressions: true,
    });
    return file.errors.length > 0 ? { errors: file.errors.slice(0, ENOUGH).map(mistake(text)) } : { file };
  } catch (error) {
    if (error.code !== 'BABEL_PARSER_SYNTAX_ERROR') throw error;
    return { errors: [mistake(text)(error)] };
  }
}

const mistake = (text) => ({ message, reasonCode, pos, details }) => ({
  reason: isHtmlComment(text, pos) ? 'HtmlComment' : reasonCode,
  message: message.replace(/ \(\d+:\d+\)$/, ''),
  expected: details?.expected ?? null,
  start: pos,
});

const isHtmlComment = (text, at) => [at, at - 1].some((from) => text.startsWith('<!--', from));

/** A reading of what edits make of a text. */
function edited(edits, read, plugins) {
  const text = edits.apply();
  return { ...attempt(text, plugins), javaScript: text, moves: [...(read.moves ?? []), edits.moves()] };
}

function parseTypeScript(text) {
  const typed = attempt(text, [...MODERN, 'typescript']);
  if (typed.errors) return markupIn(text) ?? typed;
  const { errors, edits } = toJavaScript(text, typed.file.program);
  if (errors.length > 0) return { errors };
  const javaScript = edits.apply();
  const file = edits.onlyBlanks ? untyped(javaScript, edits, typed.file) : null;
  return file ? { file, javaScript } : edited(edits, {}, MODERN);
}

/** The mistake of a text that can only be read with JSX. */
function markupIn(text) {
  if (!/<\/|\/>/.test(text)) return undefined;
  const { file } = attempt(text, [...MODERN, 'typescript', 'jsx']);
  const find = (node) => (node.type.startsWith('JSX') ? node : childrenOf(node).map(find).find(Boolean));
  const element = file && find(file.program);
  return element && { errors: [{ reason: 'Markup', message: '', start: element.start }] };
}

/** With types first; a ? (b) : c => d is only known to the grammar without them. */
function parseTyped(text) {
  const typed = parseTypeScript(text);
  if (typed.file) return typed;
  const plain = attempt(text, MODERN);
  return plain.file ? plain : typed;
}

/**
 * Without types first: a<b>(c) compares in JavaScript. Where both readings fail, the typed one is believed if it gets
 * past the line of the mistake, or past a colon.
 */
function parseJavaScript(text) {
  const plain = attempt(text, MODERN);
  if (plain.file) return plain;
  const typed = parseTypeScript(text);
  if (typed.file) return typed;
  const [from, to] = [plain.errors[0].start, typed.errors[0].start];
  return to > from && (text[from] === ':' || text.slice(from, to).includes('\n')) ? typed : plain;
}

/** Legal code that can not be kept as it is, written in another way on the same lines. */
function rewritten(text, read, [isNeeded, rewrite, plugins]) {
  if (read.errors) return read;
  const before = read.javaScript ?? text;
  if (!isNeeded.test(before)) return read;
  const edits = new Edits(before);
  rewrite(before, read.file.program, edits, new Names(before));
  return edits.isEmpty ? read : edited(edits, read, plugins);
}

/** What a text must have to need it, how it is done, and what the parser must know afterwards. */
const REWRITES = [
  [/@|\baccessor\b/, lowerDecorators, ['explicitResourceManagement']],
  [/\busing\b/, lowerResources, []],
  [/\bcatch\b/, renameCaught, []],
  [/[^\t\n\r -\ud7ff\ue000-\ufffd]/, makeStorable, []],
  [/./, exportCallable, []],
];

globalThis.$parse = (text, typescript) => {
  const first = typescript ? parseTyped(text) : parseJavaScript(text);
  const { file, errors, javaScript, moves } = REWRITES.reduce((read, rewrite) => rewritten(text, read, rewrite), first);
  if (errors) return JSON.stringify({ errors });
  const { program, comments } = file;
  return JSON.stringify({ program, comments, javaScript: javaScript === text ? null : javaScript, moves: moves ?? [] });
};
