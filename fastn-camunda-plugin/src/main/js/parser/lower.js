// The parts of TypeScript that run: enum, parameter property, namespace. Written out as tsc does, every line kept.
import { skip } from './edits.js';
import { isTypeOnly, namesOf } from './nodes.js';

/** Declares the variable of an enum or a namespace, once where several declarations share it. */
function head(node, parent, name) {
  const exported = parent?.type === 'ExportNamedDeclaration';
  const siblings = (parent?.body ?? []).map?.((s) => s.declaration ?? s) ?? [];
  const isTop = parent === null || parent?.type === 'Program' || parent?.type === 'TSModuleBlock';
  const keyword = isTop || exported ? 'var' : 'let';
  const first = siblings.find((s) => namesOf(s).includes(name) && !isTypeOnly(s));
  return first === undefined || first === node ? `${keyword} ${name}; ` : '';
}

/** enum E { A = 1, B } becomes the object with both directions. */
export function lowerEnum(blanker, node, parent) {
  const { text, edits } = blanker;
  const name = node.id.name;
  const locals = localsOf(node);
  const open = text.indexOf('{', skip(text, node.id.end));
  const own = parent?.type === 'ExportNamedDeclaration' ? again(blanker, node, parent) : head(node, parent, name);
  const variables = locals.length > 0 ? ` var ${locals.join(', ')};` : '';
  edits.replace(node.start, open + 1, `${own}(function (${name}) {${variables}`);
  let value = { known: 0 };
  for (const member of node.members) value = lowerMember(blanker, name, member, value, locals);
  edits.replace(node.end - 1, node.end, `})(${objectOf(node)});`);
}

/** What the declarations of a name fill: in a namespace, what others of the namespace may have begun. */
function objectOf({ id: { name }, outer }) {
  return outer ? `${name} = ${outer}.${name} || (${outer}.${name} = {})` : `${name} || (${name} = {})`;
}

/** An exported declaration: the second one of a name has nothing left to export. */
function again({ program, edits }, node, parent) {
  const name = node.id.name;
  const block = blockOf(program, parent) ?? program;
  const first = block.body.map((s) => s.declaration ?? s).find((s) => namesOf(s).includes(name) && !isTypeOnly(s));
  if (first === node) return `var ${name}; `;
  edits.blank(parent.start, node.start);
  return '';
}

const blockOf = (root, child) => (root.body.includes(child) ? root : null);

/** Members that another member's value mentions by their bare name. */
function localsOf(node) {
  const names = node.members.map(nameOf);
  const used = new Set();
  const search = (value) => {
    if (value === null || typeof value !== 'object') return;
    if (value.type === 'Identifier') used.add(value.name);
    for (const key of Object.keys(value)) if (key !== 'loc') search(value[key]);
  };
  for (const member of node.members) search(member.initializer ?? null);
  return names.filter((name) => used.has(name));
}

const nameOf = ({ id }) => (id.type === 'Identifier' ? id.name : String(id.value ?? id.quasis?.[0].value.cooked));

function lowerMember(blanker, enumName, member, next, locals) {
  const { text, edits } = blanker;
  const name = nameOf(member);
  const key = JSON.stringify(name);
  const local = locals.includes(name) ? `${name} = ` : '';
  const slot = `${enumName}[${key}]`;
  const { initializer } = member;
  let value;
  if (!initializer) {
    const number = next.known !== undefined ? String(next.known) : `${next.slot} + 1`;
    edits.replace(member.start, member.end, `${enumName}[${slot} = ${local}${number}] = ${key};`);
    value = next.known !== undefined ? { known: next.known + 1 } : { slot };
  } else {
    const from = text.slice(member.id.end, initializer.start).search(/=/) + member.id.end + 1;
    const number = integerOf(initializer);
    edits.replace(member.start, from, `${number === undefined ? '' : `${enumName}[`}${slot} = ${local}`);
    blanker.visit(initializer, member);
    edits.insert(member.end, number === undefined ? `;${reverse(initializer, slot, enumName, key)}` : `] = ${key};`);
    value = number === undefined ? { slot } : { known: number + 1 };
  }
  const comma = skip(text, member.end);
  if (text[comma] === ',') edits.blank(comma, comma + 1);
  return value;
}

const isString = (node) => (node.type === 'Literal' && typeof node.value === 'string') || node.type === 'TemplateLiteral';

/** The number that a literal, with or without a minus, is. */
function integerOf(node) {
  const sign = node.type === 'UnaryExpression' && node.operator === '-' ? -1 : 1;
  const { type, value } = sign < 0 ? node.argument : node;
  return type === 'Literal' && Number.isSafeInteger(value) ? sign * value : undefined;
}

/** Numbers point back to their name; whether a computed value is a number shows when it runs. */
const reverse = (initializer, slot, enumName, key) =>
  isString(initializer) ? '' : ` if (typeof ${slot} !== "string") ${enumName}[${slot}] = ${key};`;

/** constructor(private a) becomes a field, and an assignment behind super() or first in the body. */
export function lowerParameterProperties({ edits }, { params, body }, classBody) {
  const names = params.filter((p) => p.type === 'TSParameterProperty').flatMap((p) => namesOf(p.parameter));
  if (names.length === 0) return;
  const isSuper = (s) => s.type === 'ExpressionStatement' && s.expression.callee?.type === 'Super';
  edits.insert(classBody.start + 1, ` ${names.join('; ')};`);
  const assignments = names.map((name) => `this.${name} = ${name};`).join(' ');
  const call = body.body.find(isSuper);
  if (call) edits.insert(call.end, `; ${assignments}`);
  else edits.insert(body.start + 1, ` ${assignments}`);
}

/** namespace N { export const a = 1 } becomes a function that fills an object. */
export function lowerNamespace(blanker, node, parent) {
  const { text, edits } = blanker;
  const name = node.id.name;
  const own = parent?.type === 'ExportNamedDeclaration' ? again(blanker, node, parent) : head(node, parent, name);
  const inner = node.body;
  const nested = inner.type === 'TSModuleDeclaration';
  const open = nested ? inner.start : text.indexOf('{', node.id.end) + 1;
  edits.replace(node.start, open, `${own}(function (${name}) {`);
  if (nested) {
    inner.outer = name;
    lowerNamespace(blanker, inner, null);
  } else {
    for (const statement of inner.body) namespaceItem(blanker, name, statement, inner);
  }
  const close = `})(${objectOf(node)});`;
  if (nested) edits.insert(node.end, close);
  else edits.replace(node.end - 1, node.end, close);
}

function namespaceItem(blanker, namespace, statement, block) {
  const { edits } = blanker;
  const declaration = statement.declaration;
  if (statement.type !== 'ExportNamedDeclaration' || !declaration || isTypeOnly(statement)) {
    if (statement.type === 'TSImportEqualsDeclaration' && statement.isExport) exportAlias(blanker, namespace, statement);
    else blanker.visit(statement, block);
    return;
  }
  edits.blank(statement.start, declaration.start);
  const isShared = declaration.type === 'TSEnumDeclaration' || declaration.type === 'TSModuleDeclaration';
  if (isShared) declaration.outer = namespace;
  blanker.visit(declaration, block);
  if (isShared) return;
  const live = declaration.type === 'VariableDeclaration' && declaration.kind !== 'const';
  const publish = namesOf(declaration).map((name) => (live ? accessor(namespace, name) : `${namespace}.${name} = ${name};`));
  edits.insert(statement.end, `; ${publish.join(' ')}`);
}

function exportAlias(blanker, namespace, statement) {
  blanker.edits.blank(statement.start, blanker.text.indexOf('import', statement.start));
  blanker.visit(statement, null);
  blanker.edits.insert(statement.end, `; ${namespace}.${statement.id.name} = ${statement.id.name};`);
}

/** A variable that may change later is read through the namespace. */
const accessor = (namespace, name) =>
  `Object.defineProperty(${namespace}, "${name}", {get: () => ${name}, set: ($v) => { ${name} = $v; }, enumerable: true, configurable: true});`;
