// The default export of a workflow, where only running the module shows which function it is.
import { skip } from './edits.js';
import { childrenOf, FUNCTIONS, namesOf } from './nodes.js';

/** Never a function that can be called. */
const VALUES = new Set([
  'Literal', 'TemplateLiteral', 'ObjectExpression', 'ArrayExpression', 'UnaryExpression', 'BinaryExpression',
  'UpdateExpression', 'ClassDeclaration', 'ClassExpression',
]);

/** Makes the default export call what the author exports, unless that is a plain function already. */
export function exportCallable(text, program, edits, names) {
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration') wrapDeclaration({ edits, text, program, names }, statement);
    if (statement.type === 'ExportNamedDeclaration' && !statement.source) wrapSpecifier(edits, text, program, statement);
  }
}

function wrapDeclaration({ edits, text, program, names }, statement) {
  const { declaration } = statement;
  const name = declaration.type === 'Identifier' ? declaration.name : declaration.id?.name;
  if (FUNCTIONS.has(declaration.type)) {
    if (!name || !isAssigned(program, name)) return;
    edits.blank(statement.start, declaration.start);
    edits.insert(statement.end, `; ${calling(name)}`);
    return;
  }
  if (VALUES.has(declaration.type) || (declaration.type === 'Identifier' && !isOpen(program, name))) return;
  const own = names.free('$exported');
  const end = skip(text, statement.start + 'export'.length) + 'default'.length;
  edits.replace(statement.start, end, `const ${own} =`);
  edits.insert(statement.end, `; ${calling(own)}`);
}

function wrapSpecifier(edits, text, program, statement) {
  const specifier = statement.specifiers.find(({ exported }) => (exported.name ?? exported.value) === 'default');
  if (!specifier || !isOpen(program, specifier.local.name)) return;
  const comma = skip(text, specifier.end);
  edits.blank(specifier.start, text[comma] === ',' ? comma + 1 : specifier.end);
  edits.insert(statement.end, `; ${calling(specifier.local.name)}`);
}

const calling = (name) => `export default async function (ctx) { return await ${name}(ctx); }`;

/** Whether the value of a name at the top of the module may be a function, but not one that stands where it is declared. */
function isOpen(program, name) {
  const declared = program.body
    .map((statement) => statement.declaration ?? statement)
    .flatMap((node) => (node.type === 'VariableDeclaration' ? node.declarations : [node]))
    .filter((node) => namesOf(node.type === 'VariableDeclarator' ? node.id : node).includes(name));
  if (declared.length === 0) return false;
  if (declared.length > 1 || isAssigned(program, name)) return true;
  const [{ type, id, init }] = declared;
  if (type !== 'VariableDeclarator') return false;
  if (id.type !== 'Identifier') return true;
  return init !== null && !FUNCTIONS.has(init.type) && !VALUES.has(init.type);
}

/** Whether a name is given another value somewhere; a variable of the same name in another scope counts too. */
function isAssigned(program, name) {
  const visit = (node) => {
    if (node.type === 'AssignmentExpression' && targetsOf(node.left).includes(name)) return true;
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
      if (node.left.type !== 'VariableDeclaration' && targetsOf(node.left).includes(name)) return true;
    }
    return childrenOf(node).some(visit);
  };
  return visit(program);
}

const targetsOf = (pattern) => (pattern.type === 'MemberExpression' ? [] : namesOf(pattern));
