// The compiler's parser: text in, the syntax tree as JSON text out.
import { parse } from '@babel/parser';
import { storable } from './parser/characters.js';
import { withCallableExport } from './parser/exports.js';
import { toJavaScript } from './parser/typescript.js';
import { untyped } from './parser/untyped.js';

// What JSON can not carry, and what nobody reads
BigInt.prototype.toJSON = function () {
  return this.toString();
};
Object.getPrototypeOf(parse('').program.loc).toJSON = () => undefined;

/** Nobody reads more mistakes at once. */
const ENOUGH = 20;

const TYPES = ['typescript', 'decorators', 'decoratorAutoAccessors'];

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

function parseTypeScript(text) {
  const typed = attempt(text, TYPES);
  if (typed.errors) return typed;
  const { javaScript, errors, edits } = toJavaScript(text, typed.file.program);
  if (errors.length > 0) return { errors };
  const file = edits.onlyBlanks ? untyped(javaScript, edits, typed.file) : null;
  if (file) return { file, javaScript };
  return { ...attempt(javaScript, []), javaScript };
}

/**
 * Without types first: a<b>(c) compares in JavaScript. Where both readings fail, the typed one is believed if it gets
 * past the line of the mistake, or past a colon.
 */
function parseJavaScript(text) {
  const plain = attempt(text, []);
  if (plain.file) return plain;
  const typed = parseTypeScript(text);
  if (typed.file) return typed;
  const [from, to] = [plain.errors[0].start, typed.errors[0].start];
  return to > from && (text[from] === ':' || text.slice(from, to).includes('\n')) ? typed : plain;
}

/** Legal code that can not be kept as it is, written in another way on the same lines. */
function rewritten(text, read, rewrite) {
  if (read.errors) return read;
  const before = read.javaScript ?? text;
  const javaScript = rewrite(before, read.file.program);
  return javaScript === before ? read : { ...attempt(javaScript, []), javaScript };
}

globalThis.$parse = (text, typescript) => {
  const read = typescript ? parseTypeScript(text) : parseJavaScript(text);
  const { file, errors, javaScript } = rewritten(text, rewritten(text, read, storable), withCallableExport);
  if (errors) return JSON.stringify({ errors });
  const { program, comments } = file;
  return JSON.stringify({ program, comments, javaScript: javaScript === text ? null : javaScript });
};
