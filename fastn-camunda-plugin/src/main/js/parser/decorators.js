// Decorators and auto-accessors as JavaScript without them, on the lines where they stand. What a decorator is given, when
// it is called and what becomes of its result is in lowered.js, which runs with the program.
//
// Decorators of a public member become its computed key: that is evaluated when and where the language evaluates them.
//   @log save() {}   ->   [$d.key("method", false, [log], "save")]() {}
// A private name can not be computed: a method that is deleted again stands before it.
import { skip } from './edits.js';
import { childrenOf, FUNCTIONS, isUnnamedFunction } from './nodes.js';

const CLASSES = new Set(['ClassDeclaration', 'ClassExpression']);

/** Makes decorators and accessors ordinary code. */
export function lowerDecorators(text, program, edits, names) {
  const visit = (node, parents) => {
    if (CLASSES.has(node.type) && (isDecorated(node) || node.body.body.some(isLowered))) {
      new DecoratedClass({ text, edits, names }, node, parents).lower();
    }
    for (const child of childrenOf(node)) visit(child, [node, ...parents]);
  };
  visit(program, []);
}

const isDecorated = (node) => node.decorators?.length > 0;
const isLowered = (member) => isDecorated(member) || member.type === 'AccessorProperty';
/** Whether an accessor needs nothing at run time: a private name, or one on instances that is no expression. */
const isPlainAccessor = (member) => {
  if (member.type !== 'AccessorProperty' || isDecorated(member)) return false;
  return isPrivate(member) || (!member.computed && !member.static);
};
const isPrivate = ({ key }) => key.type === 'PrivateIdentifier';

/** The kind of a member as its decorators are told it. */
function kindOf({ type, kind }) {
  if (type === 'PropertyDefinition') return 'field';
  if (type === 'AccessorProperty') return 'accessor';
  return { get: 'getter', set: 'setter' }[kind] ?? 'method';
}

class DecoratedClass {
  /** What apply() needs of private members, which only the class body can reach. */
  #privates = [];
  #count = 0;

  constructor(work, node, parents) {
    Object.assign(this, work);
    this.node = node;
    this.parents = parents;
    this.decorators = node.decorators ?? [];
    this.name = node.id?.name ?? null;
    // What is replaced by its decorators is assigned to its name, which the class itself must not bind then
    this.isReplaced = this.decorators.length > 0;
    this.state = this.names.free('$d');
  }

  lower() {
    const { node, edits, state } = this;
    const plain = node.body.body.filter(isPlainAccessor);
    plain.forEach((member) => this.#plainAccessor(member));
    if (!this.isReplaced && node.body.body.filter(isLowered).length === plain.length) return;
    if (node.type === 'ClassDeclaration' && !this.isReplaced) edits.insert(this.#exported?.start ?? node.start, `${this.#begin}]); `);
    else this.#inFunction(node.type === 'ClassDeclaration');
    const members = node.body.body;
    for (const member of members) {
      if (plain.includes(member)) continue;
      if (isLowered(member)) this.#member(member);
      if (!this.isReplaced) continue;
      if (member.type === 'StaticBlock') this.#selfIn(member);
      else if (member.static && member.value) this.#selfIn(member.value);
    }
    const hasInitializers = members.some((m) => isDecorated(m) && !m.static && m.type === 'MethodDefinition');
    const begin = hasInitializers ? ` ${this.names.free('#$d')} = ${state}.begin(this);` : '';
    const own = this.isReplaced && this.name ? `${this.name} = ` : '';
    const apply = `${own}${state}.apply(this, {${this.#privates.join(', ')}}, ${JSON.stringify(this.#nameToGive())});`;
    edits.insert(node.body.start + 1, ` static { ${apply} }${begin}`);
    if (this.isReplaced) edits.insert(node.end - 1, ` ;static { ${state}.end(); } `);
  }

  /** Where the word class stands. */
  #word() {
    const { text, node, decorators } = this;
    if (decorators.length === 0) return node.start;
    let at = skip(text, decorators.at(-1).end);
    for (const word of ['export', 'default']) if (text.startsWith(word, at)) at = skip(text, at + word.length);
    return at;
  }

  get #begin() {
    return `const ${this.state} = $lowered.decorators([`;
  }

  get #exported() {
    return this.parents[0].type.startsWith('Export') ? this.parents[0] : null;
  }

  /** A function around the class has its state, and its name where decorators may replace it. */
  #inFunction(isDeclaration) {
    const { node, edits, state, name, isReplaced } = this;
    const [before, behind] = enclosing(node);
    const [left, right] = isDeclaration ? this.#variable() : ['', ''];
    const word = this.#word();
    const head = left + before + this.#begin;
    if (isReplaced) {
      listed(this, this.decorators, head, ']);');
      edits.replace(word, node.id?.end ?? word + 'class'.length, `${name ? `let ${name}; ` : ''}return ${state}.made(class`);
    } else {
      edits.insert(word, `${head}]); return `);
    }
    edits.close(node.end, `${isReplaced ? ')' : ''}; ${behind}${right}`);
  }

  /** What stands before and behind the value of the variable that a decorated declaration becomes. */
  #variable() {
    const exported = this.#exported;
    const variable = this.name ?? this.names.free('$c');
    if (!exported) return [`let ${variable} = `, ';'];
    this.edits.blank(exported.start, exported.start + 'export'.length);
    if (exported.type !== 'ExportDefaultDeclaration') return [`export let ${variable} = `, ';'];
    const word = skip(this.text, exported.start + 'export'.length);
    this.edits.blank(word, word + 'default'.length);
    return [`let ${variable} = `, `; export { ${variable} as default };`];
  }

  /** The name an anonymous class gets from its place, which the function around it or made() hides. */
  #nameToGive() {
    const { node, isReplaced, name, parents } = this;
    if (node.type === 'ClassDeclaration') return isReplaced ? (name ?? 'default') : null;
    return name ? (isReplaced ? name : null) : nameFromPlace(node, parents);
  }

  #member(member) {
    if (isPrivate(member)) this.#privateMember(member);
    else this.#publicMember(member);
  }

  #publicMember(member) {
    const { edits, state } = this;
    const number = this.#count++;
    const prefix = member.static ? 'static ' : '';
    this.#key(member, `${prefix}${wordsOf(member)}[`, ']');
    if (member.type === 'MethodDefinition') return;
    const end = keyEnd(this.text, member);
    if (member.type === 'PropertyDefinition') {
      this.#initialized(member, end, number);
      return;
    }
    const storage = this.names.free('#$a');
    const owner = member.static ? `${state}.type` : 'this';
    const get = `() { return ${owner}.${storage}; }`;
    const set = `${prefix}set [${state}.keyOf(${number})]($v) { ${owner}.${storage} = $v; }`;
    edits.insert(end, `${get} ${set} ${prefix}${storage}`);
    this.#initialized(member, end, number);
  }

  /** The call that is told the decorators and the key of a member; it gives the key, or one of a method to be deleted. */
  #key(member, before, behind) {
    const { edits, text, state } = this;
    const decorators = member.decorators ?? [];
    const head = `;${before}${state}.key("${kindOf(member)}", ${member.static}, [`;
    if (decorators.length > 0) listed(this, decorators, head, ']');
    else edits.insert(member.start, `${head}]`);
    const from = decorators.at(-1)?.end ?? member.start;
    if (isPrivate(member)) {
      edits.insert(from, `, "#${member.key.name}", true)${behind}() {} `);
    } else if (member.computed) {
      edits.replace(from, keyStart(text, from) + 1, ', ');
      edits.close(keyEnd(text, member) - 1, ')');
    } else {
      edits.replace(from, member.key.end, `, ${JSON.stringify(nameOf(member))})${behind}`);
    }
  }

  /** The value of a field goes through its decorators, and what they add runs behind it. */
  #initialized(member, from, number) {
    const { edits, text, state } = this;
    const end = valueEnd(text, member);
    const self = member.static ? `${state}.self` : 'this';
    const call = `${state}.field(${number}, ${self}, `;
    if (member.value) {
      const equals = skip(text, from);
      const [open, close] = naming(member);
      edits.insert(equals + 1, ` ${call}${open}`);
      edits.close(end, `${close})`);
    } else {
      edits.insert(end, ` = ${call}undefined)`);
    }
    const after = `${state}.after(${number}, ${self})`;
    edits.insert(member.end, member.static ? `; static { ${after}; }` : `; ${this.names.free('#$d')} = ${after};`);
  }

  /** accessor a = 1 becomes a getter and a setter for a private field. */
  #plainAccessor(member) {
    const { edits, text } = this;
    const storage = this.names.free('#$a');
    const prefix = member.static ? 'static ' : '';
    const key = text.slice(member.key.start, member.key.end);
    const get = `get ${key}() { return this.${storage}; }`;
    edits.replace(member.start, member.key.end, `;${prefix}${get} ${prefix}set ${key}($v) { this.${storage} = $v; } ${prefix}${storage}`);
    if (!member.value) return;
    const [open, close] = naming(member);
    edits.insert(skip(text, member.key.end) + 1, open);
    edits.close(valueEnd(text, member), close);
  }

  #privateMember(member) {
    const number = this.#count++;
    const name = `#${member.key.name}`;
    const prefix = member.static ? 'static ' : '';
    this.#key(member, '[', ']');
    const kind = kindOf(member);
    const access = [`has: ($o) => ${name} in $o`];
    if (kind !== 'setter') access.push(`get: ($o) => $o.${name}`);
    if (kind !== 'getter' && kind !== 'method') access.push(`set: ($o, $v) => { $o.${name} = $v; }`);
    if (kind === 'accessor') this.#privateAccessor(member, number, prefix, name, access);
    else if (kind === 'field') this.#initialized(member, member.key.end, number);
    else this.#privateMethod(member, number, prefix, name, kind, access);
    this.#privates.push(`${number}: { ${access.join(', ')} }`);
  }

  #privateAccessor(member, number, prefix, name, access) {
    const { edits, state } = this;
    const storage = this.names.free('#$a');
    const get = `get ${name}() { return ${state}.call(${number}, "get", this); }`;
    const set = `set ${name}($v) { ${state}.call(${number}, "set", this, $v); }`;
    edits.replace(member.decorators.at(-1).end, member.key.end, ` ${prefix}${get} ${prefix}${set} ${prefix}${storage}`);
    access.push(`value: { get() { return this.${storage}; }, set($v) { this.${storage} = $v; } }`);
    this.#initialized(member, member.key.end, number);
  }

  /** The function stands as a static private method; under its name is a getter that gives what its decorators made. */
  #privateMethod(member, number, prefix, name, kind, access) {
    const { edits, state } = this;
    const hidden = this.names.free('#$m');
    const words = kind === 'method' ? wordsOf(member) : '';
    edits.replace(member.decorators.at(-1).end, member.key.end, ` static ${words}${hidden}`);
    access.push(`value: this.${hidden}`);
    const shown = {
      method: `get ${name}() { return ${state}.value(${number}); }`,
      getter: `get ${name}() { return ${state}.call(${number}, "get", this); }`,
      setter: `set ${name}($v) { ${state}.call(${number}, "set", this, $v); }`,
    };
    edits.insert(member.end, ` ${prefix}${shown[kind]}`);
  }

  /** In static members of a class that was replaced, `this` is what replaced it. */
  #selfIn(node) {
    if (node.type === 'ThisExpression') this.edits.replace(node.start, node.end, `${this.state}.self`);
    if (CLASSES.has(node.type)) return;
    if (FUNCTIONS.has(node.type) && node.type !== 'ArrowFunctionExpression') return;
    for (const child of childrenOf(node)) this.#selfIn(child);
  }
}

/** async, * and the words of accessors, which stand before the key. */
function wordsOf({ kind, value, type }) {
  if (type === 'AccessorProperty') return 'get ';
  if (type !== 'MethodDefinition') return '';
  if (kind === 'get' || kind === 'set') return `${kind} `;
  return `${value.async ? 'async ' : ''}${value.generator ? '*' : ''}`;
}

/** Decorators where they stand, as a list; a member of an object is called as one. */
function listed({ edits, text }, decorators, head, tail) {
  decorators.forEach(({ start, end, expression }, index) => {
    edits.replace(start, start + 1, index === 0 ? head : ' ');
    const { object, property, type } = expression;
    if (type === 'MemberExpression' && object.type !== 'Super' && property.type !== 'PrivateIdentifier') {
      edits.insert(expression.start, '$lowered.bound(');
      const dot = skip(text, object.end, ')');
      if (expression.computed) edits.replace(dot, dot + 1, ', ');
      else edits.replace(dot, property.end, `, "${property.name}")`);
      if (expression.computed) edits.replace(expression.end - 1, expression.end, ')');
    }
    edits.insert(end, index === decorators.length - 1 ? tail : ',');
  });
}

const nameOf = ({ key }) => (key.type === 'PrivateIdentifier' ? `#${key.name}` : String(key.name ?? key.value));

/** The bracket of a computed key, behind the words before it. */
function keyStart(text, from) {
  let at = skip(text, from, '*');
  while (text[at] !== '[') at = skip(text, at + text.slice(at).match(/^\w+/)[0].length, '*');
  return at;
}

const keyEnd = (text, { key, computed }) => (computed ? skip(text, key.end, ')') + 1 : key.end);

/** Where the value of a field ends; parentheses around it are no part of the node. */
const valueEnd = (text, { end }) => (text[end - 1] === ';' ? end - 1 : end);

/** What stands around the value of a field so that a nameless function gets the name of the field. */
function naming(member) {
  if (member.computed || !isUnnamedFunction(member.value)) return ['', ''];
  const name = JSON.stringify(nameOf(member));
  return [`{ ${name}: `, ` }[${name}]`];
}

/** A function that is called at once; it may wait or yield where the class does so while it is made. */
function enclosing({ decorators = [], superClass, body }) {
  const run = [...decorators, superClass, ...body.body.flatMap((m) => [...(m.decorators ?? []), m.computed ? m.key : null])];
  if (run.some((node) => contains(node, 'YieldExpression'))) return ['(yield* (function* () { ', '}).call(this))'];
  if (run.some((node) => contains(node, 'AwaitExpression'))) return ['(await (async () => { ', '})())'];
  return ['((() => { ', '})())'];
}

function contains(node, type) {
  if (!node) return false;
  if (node.type === type) return true;
  return !FUNCTIONS.has(node.type) && childrenOf(node).some((child) => contains(child, type));
}

function nameFromPlace(node, [parent]) {
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : '';
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return parent.right === node && parent.left.type === 'Identifier' ? parent.left.name : '';
    case 'Property':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return parent.value === node && !parent.computed ? nameOf(parent) : '';
    default:
      return '';
  }
}
