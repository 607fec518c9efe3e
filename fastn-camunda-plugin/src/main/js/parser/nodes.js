// Questions about the parser's nodes.

const IGNORED = new Set(['type', 'start', 'end', 'loc', 'extra', 'range']);

export const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Whether a function or class takes the name of what it is assigned to. */
export const isUnnamedFunction = (node) =>
  node !== null && (node.type === 'ArrowFunctionExpression' || ((node.type === 'FunctionExpression' || node.type === 'ClassExpression') && !node.id));

export function childrenOf(node) {
  const children = [];
  for (const key of Object.keys(node)) {
    if (IGNORED.has(key)) continue;
    const value = node[key];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child?.type === 'string') children.push(child);
    }
  }
  return children;
}

/** The names a declaration brings into its scope. */
export function namesOf(node) {
  switch (node?.type) {
    case 'Identifier':
      return [node.name];
    case 'VariableDeclaration':
      return node.declarations.flatMap((d) => namesOf(d.id));
    case 'ObjectPattern':
      return node.properties.flatMap((p) => namesOf(p.type === 'Property' ? p.value : p));
    case 'ArrayPattern':
      return node.elements.flatMap(namesOf);
    case 'RestElement':
      return namesOf(node.argument);
    case 'AssignmentPattern':
      return namesOf(node.left);
    default:
      return node?.id?.type === 'Identifier' ? [node.id.name] : [];
  }
}

/** Whether nothing of a statement exists when the program runs. */
export function isTypeOnly(node) {
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'TSNamespaceExportDeclaration':
      return true;
    case 'TSModuleDeclaration':
      return node.declare || isTypeOnly(node.body);
    case 'TSModuleBlock':
      return node.body.every(isTypeOnly);
    case 'ExportNamedDeclaration':
      return node.exportKind === 'type' || (node.declaration !== null && isTypeOnly(node.declaration));
    case 'ExportAllDeclaration':
      return node.exportKind === 'type';
    case 'ExportDefaultDeclaration':
      return isTypeOnly(node.declaration);
    case 'ImportDeclaration':
    case 'TSImportEqualsDeclaration':
      return node.importKind === 'type';
    default:
      return node.declare === true;
  }
}
