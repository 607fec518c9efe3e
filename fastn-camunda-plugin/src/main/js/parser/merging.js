// Several declarations of one namespace or one enum: each sees by their bare name what the others export.
import { isTypeOnly, namesOf } from './nodes.js';
import { eachReference, lexicalIn } from './scopes.js';

const isNamespace = ({ type }) => type === 'TSModuleDeclaration';

/** Writes `N.name` where a declaration of N mentions what another one of N exports. */
export function linkMerged(program, edits) {
  const done = new Set();
  // The innermost first: it hides what those around it export
  for (const parts of [...partsOf(program).values()].reverse()) {
    for (const part of parts.length > 1 ? parts : []) {
      const own = new Set(ownNames(part));
      const foreign = parts.flatMap(exportsOf).filter((name) => !own.has(name));
      eachReference(part, foreign, (node, parent) => {
        if (done.has(node)) return;
        done.add(node);
        const isShort = parent.type === 'Property' && parent.shorthand;
        edits.replace(node.start, node.end, `${isShort ? `${node.name}: ` : ''}${part.id.name}.${node.name}`);
      });
    }
  }
}

/** The declarations by what they declare, `A.B`, those around before those inside. */
function partsOf(program) {
  const parts = new Map();
  const add = (node, path) => {
    const own = `${path}.${node.id.name}`;
    parts.set(own, [...(parts.get(own) ?? []), node]);
    if (!isNamespace(node)) return;
    if (isNamespace(node.body)) add(node.body, own);
    else collect(node.body, own);
  };
  const collect = ({ body }, path) => {
    for (const statement of body) {
      const node = statement.declaration ?? statement;
      if ((isNamespace(node) || node.type === 'TSEnumDeclaration') && !isTypeOnly(node)) add(node, path);
    }
  };
  collect(program, '');
  return parts;
}

const membersOf = ({ members }) => members.map(({ id }) => id.name ?? id.value);

function ownNames(node) {
  if (!isNamespace(node)) return membersOf(node);
  return isNamespace(node.body) ? [node.body.id.name] : [...lexicalIn(node.body), ...node.body.body.flatMap((s) => namesOf(s.declaration ?? s))];
}

function exportsOf(node) {
  if (!isNamespace(node)) return membersOf(node);
  if (isNamespace(node.body)) return [node.body.id.name];
  const exported = node.body.body.filter((s) => s.type === 'ExportNamedDeclaration' && s.declaration && !isTypeOnly(s));
  return exported.flatMap((s) => namesOf(s.declaration));
}
