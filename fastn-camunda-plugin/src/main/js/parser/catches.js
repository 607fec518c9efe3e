// catch (e) { var e = 1 }: the engine does not know that this is allowed (Annex B.3.4 of the language), where the value
// goes to the parameter and the function gets a variable of that name. The parameter gets another name.
import { skip } from './edits.js';
import { childrenOf, isUnnamedFunction, namesOf } from './nodes.js';
import { eachReference, variablesOf } from './scopes.js';

/** Renames the parameters of catch clauses whose block declares a variable of the same name. */
export function renameCaught(text, program, edits, names) {
  const visit = (node, parent) => {
    if (node.type === 'CatchClause' && node.param?.type === 'Identifier') rename(node, { text, edits, names });
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(program, null);
}

function rename({ param, body }, { text, edits, names }) {
  const { name } = param;
  const declarations = variablesOf(body).filter((d) => namesOf(d).includes(name));
  if (declarations.length === 0) return;
  const own = names.free(`${name}$`);
  edits.replace(param.start, param.end, own);
  edits.insert(body.start + 1, ` var ${[...new Set(declarations.flatMap(namesOf))].join(', ')};`);
  eachReference(body, [name], (node, parent) => {
    const isShort = parent.type === 'Property' && parent.shorthand;
    edits.replace(node.start, node.end, isShort ? `${name}: ${own}` : own);
  });
  assignmentsIn(body, null, name, { text, edits });
}

/** var e = 1 becomes an assignment, where it is that of the parameter. */
function assignmentsIn(node, parent, name, work) {
  if (parent !== null && node.type === 'CatchClause' && node.param && namesOf(node.param).includes(name)) return;
  for (const child of childrenOf(node)) {
    if (variablesOf(child).length > 0) assignmentsIn(child, node, name, work);
  }
  if (node.type !== 'VariableDeclaration' || node.kind !== 'var' || !namesOf(node).includes(name)) return;
  const isListed = Array.isArray(parent.body ?? parent.consequent);
  work.edits.replace(node.start, node.start + 'var'.length, isListed ? ';' : '');
  if (parent.type !== 'ForInStatement') for (const declarator of node.declarations) assign(declarator, node, work);
}

function assign(declarator, declaration, { text, edits }) {
  const { id, init, start, end } = declarator;
  if (init === null) {
    edits.insert(start, 'void ');
  } else if (id.type === 'ObjectPattern') {
    const isLast = declarator === declaration.declarations.at(-1);
    edits.insert(start, '(');
    edits.close(isLast ? declarationEnd(text, declaration) : skip(text, end, ')'), ')');
  } else if (id.type === 'Identifier' && isUnnamedFunction(init)) {
    edits.insert(skip(text, id.end) + 1, ` { ${id.name}:`);
    edits.close(end, ` }.${id.name}`);
  }
}

const declarationEnd = (text, { end }) => (text[end - 1] === ';' ? end - 1 : end);
