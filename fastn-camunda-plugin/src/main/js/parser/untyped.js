// The tree of a TypeScript file as the tree of the JavaScript it becomes, where becoming only turned text into spaces:
// parsing the JavaScript anew would say the same and take as long as parsing the TypeScript did.
import { namesOf } from './nodes.js';

const WRAPPERS = new Set([
  'TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression',
]);
const BLANK = /[\s\ufeff]/;

/** Program and comments without types; null where the JavaScript has another structure. */
export function untyped(javaScript, edits, { program, comments }) {
  const cleaner = new Cleaner(javaScript, edits);
  cleaner.clean(program);
  // The typed parser does not mind two exports of one name
  const names = program.body.flatMap(exportsOf);
  if (cleaner.differs || new Set(names).size < names.length) return null;
  return { program, comments: comments.filter(({ start }) => javaScript[start] === '/') };
}

function exportsOf({ type, declaration, specifiers }) {
  if (type === 'ExportDefaultDeclaration') return ['default'];
  if (type !== 'ExportNamedDeclaration') return [];
  return declaration ? namesOf(declaration) : specifiers.map(({ exported }) => exported.name ?? exported.value);
}

class Cleaner {
  differs = false;

  constructor(text, edits) {
    this.text = text;
    this.edits = edits;
  }

  clean(node) {
    if (!this.edits.touches(node.start, node.end)) return;
    for (const key of Object.keys(node)) {
      if (key === 'loc' || key === 'extra') continue;
      const value = node[key];
      if (Array.isArray(value)) node[key] = value.filter((child) => !this.#isErased(child)).map((child) => this.#child(child));
      else if (isNode(value)) node[key] = this.#isErased(value) ? null : this.#child(value);
    }
    if (node.type !== 'TemplateElement' && node.type !== 'Program') this.#trim(node);
  }

  #child(child) {
    if (!isNode(child)) return child;
    let node = child;
    while (WRAPPERS.has(node.type)) {
      // a?.b!.c is one chain in JavaScript and two in the tree
      this.differs ||= node.expression.type === 'ChainExpression';
      node = node.expression;
    }
    this.clean(node);
    return node;
  }

  /** Whether nothing but blanks is left of a node. */
  #isErased(node) {
    if (!isNode(node) || node.type === 'TemplateElement' || !BLANK.test(this.text[node.start] ?? 'x')) return false;
    return this.text.slice(node.start, node.end).trim() === '' && node.end > node.start;
  }

  #trim(node) {
    while (node.end > node.start && BLANK.test(this.text[node.end - 1])) node.end--;
    while (node.start < node.end && BLANK.test(this.text[node.start])) node.start++;
  }
}

const isNode = (value) => value !== null && typeof value?.type === 'string' && typeof value.start === 'number';
