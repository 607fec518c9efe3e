// Which names mean a variable from outside.
import { childrenOf, FUNCTIONS, namesOf } from './nodes.js';

const TYPED = new Set([
  'TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression',
]);
/** TypeScript that runs; everything else whose type begins so is type. */
const RUNNING = new Set([...TYPED, 'TSEnumDeclaration', 'TSEnumMember', 'TSModuleDeclaration', 'TSModuleBlock', 'TSParameterProperty']);
const BLOCKS = new Set(['BlockStatement', 'StaticBlock', 'Program', 'SwitchStatement', 'TSModuleBlock']);
const LEXICAL = new Set(['FunctionDeclaration', 'ClassDeclaration', 'TSEnumDeclaration', 'TSModuleDeclaration', 'TSImportEqualsDeclaration']);

/** Visits each identifier below `root` that means a variable of one of these names which is declared outside of it. */
export function eachReference(root, names, visit) {
  const walk = (node, parent, above) => {
    if (node.type === 'Identifier') {
      if (above.has(node.name) && !isWord(node, parent)) visit(node, parent);
      return;
    }
    if (node.type.startsWith('TS') && !RUNNING.has(node.type)) return;
    const hidden = node === root ? [] : declaredBy(node);
    const free = hidden.some((name) => above.has(name)) ? new Set([...above].filter((name) => !hidden.includes(name))) : above;
    const isShort = node.type === 'Property' && node.shorthand;
    for (const child of TYPED.has(node.type) ? [node.expression] : childrenOf(node)) {
      if (!isShort || child !== node.key) walk(child, node, free);
    }
  };
  walk(root, null, new Set(names));
}

/** The names that a node declares for what is below it. */
function declaredBy(node) {
  if (FUNCTIONS.has(node.type)) {
    const own = node.type === 'FunctionExpression' ? namesOf(node) : [];
    return [...own, ...node.params.flatMap((p) => namesOf(p.parameter ?? p)), ...variablesOf(node.body).flatMap(namesOf), ...lexicalIn(node.body)];
  }
  if (node.type === 'ClassExpression') return namesOf(node);
  if (node.type === 'CatchClause') return namesOf(node.param);
  if (node.type === 'TSEnumDeclaration') return node.members.map(({ id }) => id.name ?? id.value);
  const head = node.init ?? node.left;
  if (node.type.startsWith('For') && head?.type === 'VariableDeclaration') return head.kind === 'var' ? [] : namesOf(head);
  return BLOCKS.has(node.type) ? lexicalIn(node) : [];
}

/** The names that a list of statements declares with let, const, class and the like. */
export function lexicalIn(node) {
  const statements = (Array.isArray(node.body) ? node.body : node.cases?.flatMap((c) => c.consequent)) ?? [];
  return statements
    .map((s) => s.declaration ?? s)
    .filter((s) => LEXICAL.has(s.type) || (s.type === 'VariableDeclaration' && s.kind !== 'var'))
    .flatMap(namesOf);
}

/** The declarations with var that belong to the function around a node. */
export function variablesOf(node) {
  const own = node.type === 'VariableDeclaration' && node.kind === 'var' ? [node] : [];
  const below = childrenOf(node).filter((child) => !FUNCTIONS.has(child.type) && child.type !== 'ClassBody');
  return [...own, ...below.flatMap(variablesOf)];
}

/** Whether an identifier is just a word: the name of a property, a label, a member. */
export function isWord(node, parent) {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return parent.key === node && !parent.computed && parent.value !== node;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return parent.label === node;
    case 'TSEnumMember':
      return parent.id === node;
    case 'TSModuleDeclaration':
    case 'TSEnumDeclaration':
      return true;
    default:
      return false;
  }
}
