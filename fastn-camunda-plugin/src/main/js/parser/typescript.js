// TypeScript to JavaScript without moving anything: what is only type becomes spaces. What also runs (enum, parameter
// property, namespace) is written out on its own lines, in lower.js.
import { breaksLine, Edits, skip } from './edits.js';
import { lowerEnum, lowerNamespace, lowerParameterProperties } from './lower.js';
import { linkMerged } from './merging.js';
import { childrenOf, isTypeOnly, namesOf } from './nodes.js';
import { isWord } from './scopes.js';

const MODIFIERS = new Set(['public', 'private', 'protected', 'readonly', 'override', 'declare', 'abstract']);
const WORD = /[\p{ID_Continue}$\u200c\u200d]+/uy;
/** A line that starts so continues the statement before it unless a semicolon stands between. */
const CONTINUES = '([`';
/** The same where a whole statement goes away between the two. */
const JOINS = '([`+-/*';
const ENDS_WITHOUT_SEMICOLON = new Set([
  'ExpressionStatement', 'VariableDeclaration', 'ReturnStatement', 'ThrowStatement', 'PropertyDefinition',
  'ExportDefaultDeclaration',
]);
const OPERATIONS = new Set(['BinaryExpression', 'LogicalExpression']);

class Blanker {
  errors = [];
  /** Ends of statements that no semicolon closes. */
  #ends = new Set();
  /** Names in places where they are read when the program runs. */
  #values = new Set();
  /** Imports and aliases, to be looked at when all uses of names are known. */
  #imports = [];

  constructor(text, program) {
    this.text = text;
    this.program = program;
    this.edits = new Edits(text);
  }

  run() {
    this.visit(this.program, null);
    linkMerged(this.program, this.edits);
    // The last first: an alias may use one that stands before it
    for (const node of this.#imports.reverse()) {
      if (node.type === 'ImportDeclaration') this.#import(node);
      else this.#alias(node);
    }
    const javaScript = this.errors.length > 0 ? null : this.edits.apply();
    return { javaScript, errors: this.errors, edits: this.edits };
  }

  refuse(node, message, instead) {
    this.errors.push({ reason: 'TypeScript', message, instead, start: node.start, end: node.end });
  }

  visit(node, parent) {
    if (isTypeOnly(node)) {
      this.eraseStatement(node);
      return;
    }
    if (ENDS_WITHOUT_SEMICOLON.has(node.type) && this.text[node.end - 1] !== ';') this.#ends.add(node.end);
    const visitor = this[node.type];
    if (visitor) visitor.call(this, node, parent);
    else this.visitChildren(node);
  }

  visitChildren(node) {
    for (const child of childrenOf(node)) this.visit(child, node);
  }

  erase(start, end) {
    const guard = this.#ends.has(end) && CONTINUES.includes(this.text[skip(this.text, end)] ?? ' ');
    this.edits.blank(start, end, guard ? ';' : ' ');
  }

  /** A statement or a class member goes away; the one before it must not run into the one behind it. */
  eraseStatement(node) {
    const next = this.text[skip(this.text, node.end)] ?? ' ';
    this.edits.blank(node.start, node.end, JOINS.includes(next) ? ';' : ' ');
  }

  eraseWithComma(node) {
    const comma = skip(this.text, node.end);
    this.edits.blank(node.start, this.text[comma] === ',' ? comma + 1 : node.end);
  }

  // Types where they stand

  TSTypeAnnotation(node) {
    this.erase(node.start, node.end);
  }

  TSTypeParameterDeclaration(node) {
    this.erase(node.start, node.end);
  }

  TSTypeParameterInstantiation(node) {
    this.erase(node.start, node.end);
  }

  /** a + b as T * c multiplies the sum. */
  TSAsExpression(node, parent) {
    const { expression } = node;
    const binds = OPERATIONS.has(parent?.type) && parent.left === node && OPERATIONS.has(expression.type);
    const loose = binds && !node.extra?.parenthesized && !expression.extra?.parenthesized;
    if (loose) this.edits.insert(node.start, '(');
    this.visit(expression, node);
    if (loose) this.edits.insert(expression.end, ')');
    this.erase(skip(this.text, expression.end, ')'), node.end);
  }

  TSSatisfiesExpression(node, parent) {
    this.TSAsExpression(node, parent);
  }

  TSNonNullExpression(node) {
    this.visit(node.expression, node);
    this.erase(node.end - 1, node.end);
  }

  /** <T>value: a line end inside would cut a return in two, so then the value gets parentheses. */
  TSTypeAssertion(node) {
    const close = skip(this.text, node.typeAnnotation.end) + 1;
    const value = skip(this.text, close);
    const broken = breaksLine(this.text, node.start, value);
    this.edits.blank(node.start, close, broken ? '(' : ' ');
    this.visit(node.expression, node);
    if (broken) this.edits.insert(node.end, ')');
  }

  Identifier(node, parent) {
    if (!isWord(node, parent)) this.#values.add(node.name);
    if (node.optional) {
      WORD.lastIndex = node.start;
      const end = node.start + (WORD.exec(this.text)?.[0].length ?? 0);
      const mark = skip(this.text, end);
      this.edits.blank(mark, mark + 1);
    }
    this.visitChildren(node);
  }

  // Functions and classes

  #function(node) {
    const [first] = node.params;
    if (first?.type === 'Identifier' && first.name === 'this') {
      this.eraseWithComma(first);
      for (const child of childrenOf(node)) if (child !== first) this.visit(child, node);
    } else {
      this.visitChildren(node);
    }
  }

  FunctionDeclaration(node) {
    this.#function(node);
  }

  FunctionExpression(node) {
    this.#function(node);
  }

  /** No line end may stand before the arrow, nor between async and the parameters: the parenthesis moves. */
  ArrowFunctionExpression(node) {
    const { typeParameters, returnType } = node;
    let open = node.start;
    if (typeParameters) {
      open = skip(this.text, typeParameters.end);
      const moves = breaksLine(this.text, typeParameters.start, open);
      this.edits.blank(typeParameters.start, typeParameters.end, moves ? '(' : ' ');
      if (moves) this.edits.blank(open, open + 1);
    }
    if (returnType) this.#returnType(node, open);
    for (const child of childrenOf(node)) {
      if (child !== typeParameters && child !== returnType) this.visit(child, node);
    }
  }

  #returnType({ params, returnType }, open) {
    const { start, end } = returnType;
    const from = params.length > 0 ? params[params.length - 1].end : this.text.indexOf('(', open) + 1;
    const close = skip(this.text, from, ',');
    if (!breaksLine(this.text, close, end)) {
      this.edits.blank(start, end);
      return;
    }
    this.edits.blank(close, close + 1);
    this.edits.blank(start, end - 1);
    this.edits.replace(end - 1, end, ')');
  }

  ClassDeclaration(node) {
    const start = this.#undecorated(node);
    if (node.abstract) this.edits.blank(start, start + 'abstract'.length);
    this.#class(node);
  }

  ClassExpression(node) {
    this.#class(node);
  }

  #class(node) {
    const interfaces = node.implements ?? [];
    if (interfaces.length > 0) {
      const before = node.superTypeParameters ?? node.superClass ?? node.typeParameters ?? node.id;
      const from = before ? before.end : this.#undecorated(node) + 'class'.length;
      this.erase(skip(this.text, from, ')'), interfaces[interfaces.length - 1].end);
    }
    for (const child of childrenOf(node)) if (!interfaces.includes(child)) this.visit(child, node);
  }

  MethodDefinition(node, parent) {
    if (node.abstract || !node.value.body) this.eraseStatement(node);
    else this.member(node);
    if (node.kind === 'constructor' && node.value.body) lowerParameterProperties(this, node.value, parent);
  }

  PropertyDefinition(node) {
    if (node.abstract) this.eraseStatement(node);
    else this.member(node);
  }

  AccessorProperty(node) {
    this.member(node);
  }

  TSAbstractAccessorProperty(node) {
    this.eraseStatement(node);
  }

  TSIndexSignature(node) {
    this.eraseStatement(node);
  }

  member(node) {
    const { key, computed } = node;
    this.#modifiers(node, key.start);
    const mark = skip(this.text, computed ? skip(this.text, key.end, ')') + 1 : key.end);
    if (node.optional || node.definite) this.edits.blank(mark, mark + 1);
    this.visitChildren(node);
  }

  /** Where a class or a member begins behind its decorators. */
  #undecorated({ start, decorators = [] }) {
    const end = decorators.at(-1)?.end ?? start;
    return end > start ? skip(this.text, end) : start;
  }

  #modifiers(node, end) {
    const erased = [];
    const start = this.#undecorated(node);
    let at = start;
    while (at < end) {
      WORD.lastIndex = at;
      const word = WORD.exec(this.text)?.[0];
      if (word === undefined) break;
      if (MODIFIERS.has(word)) erased.push([at, at + word.length]);
      at = skip(this.text, at + word.length);
    }
    for (const [from, to] of erased) {
      const guard = from === start && start === node.start && '[*'.includes(this.text[at]);
      this.edits.blank(from, to, guard ? ';' : ' ');
    }
  }

  TSParameterProperty(node) {
    this.edits.blank(node.start, node.parameter.start);
    this.visit(node.parameter, node);
  }

  ObjectPattern(node) {
    this.#optionalPattern(node);
  }

  ArrayPattern(node) {
    this.#optionalPattern(node);
  }

  #optionalPattern(node) {
    if (node.optional) {
      const mark = this.text.lastIndexOf('?', (node.typeAnnotation?.start ?? node.end) - 1);
      this.edits.blank(mark, mark + 1);
    }
    this.visitChildren(node);
  }

  VariableDeclarator(node) {
    if (node.definite) {
      const mark = skip(this.text, node.id.start + node.id.name.length);
      this.edits.blank(mark, mark + 1);
    }
    this.visitChildren(node);
  }

  VariableDeclaration(node, parent) {
    if (parent?.type.startsWith('For')) this.#ends.delete(node.end);
    this.visitChildren(node);
  }

  // Modules

  ImportDeclaration(node) {
    this.#imports.push(node);
  }

  /** An import whose names are only types does not exist when the program runs. */
  #import(node) {
    const isType = (s) => s.importKind === 'type' || !this.#values.has(s.local.name);
    if (node.specifiers.length > 0 && node.specifiers.every(isType)) this.eraseStatement(node);
    else for (const s of node.specifiers) if (s.importKind === 'type') this.eraseWithComma(s);
  }

  ExportNamedDeclaration(node) {
    if (node.declaration) {
      this.visit(node.declaration, node);
      return;
    }
    for (const s of node.specifiers) {
      if (s.exportKind === 'type' || this.#isLocalType(s.local.name)) this.eraseWithComma(s);
      else if (!node.source) this.#values.add(s.local.name);
    }
  }

  #isLocalType(name) {
    const declared = this.program.body.map((s) => s.declaration ?? s).filter((s) => namesOf(s).includes(name));
    return declared.length > 0 && declared.every(isTypeOnly);
  }

  TSImportEqualsDeclaration(node) {
    if (node.moduleReference.type === 'TSExternalModuleReference') {
      this.refuse(
        node,
        'Modules can not be imported: a workflow is one file.',
        'call a connector (fastn.connector), or copy what you need into this file; for types write import type.',
      );
      return;
    }
    this.#imports.push(node);
  }

  /** import a = N.b: a constant, unless nobody reads it when the program runs. */
  #alias(node) {
    if (!node.isExport && !this.#values.has(node.id.name)) {
      this.eraseStatement(node);
      return;
    }
    const word = this.text.indexOf('import', node.start);
    this.edits.replace(word, word + 'import'.length, 'const ');
    this.#values.add(rootOf(node.moduleReference));
  }

  TSExportAssignment(node) {
    this.refuse(node, 'A workflow is not exported with export =.', 'export default async function main(ctx) { ... }');
  }

  // What also runs

  TSEnumDeclaration(node, parent) {
    lowerEnum(this, node, parent);
  }

  TSModuleDeclaration(node, parent) {
    lowerNamespace(this, node, parent);
  }
}

const rootOf = (name) => (name.type === 'TSQualifiedName' ? rootOf(name.left) : name.name);

/** The same program as JavaScript, or what can not become any. */
export function toJavaScript(text, program) {
  return new Blanker(text, program).run();
}
