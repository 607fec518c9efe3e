// using and await using: the block becomes a try block that releases at its end what it was given.
import { skip } from './edits.js';
import { childrenOf } from './nodes.js';

const isUsing = (node) => node?.type === 'VariableDeclaration' && node.kind.endsWith('using');
const isWaiting = ({ kind }) => kind === 'await using';

/** Makes `using` ordinary code. */
export function lowerResources(text, program, edits, names) {
  const visit = (node, parents) => {
    const body = Array.isArray(node.body) ? node.body : [];
    const declarations = body.filter(isUsing);
    if (declarations.length > 0) new Resources(text, edits, names, declarations).lower(node);
    if (isUsing(node.init)) new Resources(text, edits, names, [node.init]).lowerFor(node, parents);
    if (isUsing(node.left)) new Resources(text, edits, names, [node.left]).lowerForOf(node);
    for (const child of childrenOf(node)) visit(child, [node, ...parents]);
  };
  visit(program, []);
}

class Resources {
  constructor(text, edits, names, declarations) {
    this.text = text;
    this.edits = edits;
    this.names = names;
    this.declarations = declarations;
    this.stack = names.free('$u');
  }

  get #begin() {
    return `const ${this.stack} = $lowered.resources();`;
  }

  get #end() {
    const error = this.names.free('$e');
    const release = this.declarations.some(isWaiting) ? `await ${this.stack}.releaseAsync();` : `${this.stack}.release();`;
    return ` } catch (${error}) { ${this.stack}.fail(${error}); } finally { ${release} }`;
  }

  /** The body of a function, a block, or the module, where no try block can be: others see its declarations. */
  lower(node) {
    this.declarations.forEach((declaration) => this.#declare(declaration));
    const { edits } = this;
    if (node.type === 'Program') {
      edits.insert(node.body[0].start, `${this.#begin} `);
      const release = this.declarations.some(isWaiting) ? `await ${this.stack}.releaseAsync();` : `${this.stack}.release();`;
      edits.insert(node.body.at(-1).end, `; ${release}`);
      return;
    }
    const open = this.text.indexOf('{', node.start) + 1;
    edits.insert(open, ` ${this.#begin} try {`);
    edits.close(node.end - 1, this.#end);
  }

  /** using a = b, c = d becomes const a = ... */
  #declare(declaration) {
    const { edits, text } = this;
    edits.replace(declaration.start, declaration.start + declaration.kind.length, 'const');
    const { declarations } = declaration;
    const use = isWaiting(declaration) ? 'useAsync' : 'use';
    declarations.forEach(({ id, init }, index) => {
      if (!init) return;
      edits.insert(skip(text, id.end) + 1, ` ${this.stack}.${use}(`);
      const last = index === declarations.length - 1;
      const end = last ? (text[declaration.end - 1] === ';' ? declaration.end - 1 : declaration.end) : comma(text, init.end);
      edits.close(end, ')');
    });
  }

  /** Around the loop and its labels: what the head is given lives as long as the loop. */
  lowerFor(loop, parents) {
    let outer = loop;
    for (const parent of parents) {
      if (parent.type !== 'LabeledStatement') break;
      outer = parent;
    }
    this.declarations.forEach((declaration) => this.#declare(declaration));
    this.edits.insert(outer.start, `{ ${this.#begin} try { `);
    this.edits.close(outer.end, `${this.#end} }`);
  }

  /** Each round has its own. */
  lowerForOf({ left, body }) {
    const { edits, text } = this;
    const name = left.declarations[0].id;
    const each = this.names.free('$v');
    const use = isWaiting(left) ? 'useAsync' : 'use';
    edits.replace(left.start, left.end, `const ${each}`);
    const shown = text.slice(name.start, name.end);
    edits.insert(body.start, `{ ${this.#begin} try { const ${shown} = ${this.stack}.${use}(${each}); `);
    edits.close(body.end, `${this.#end} }`);
  }
}

/** The comma behind a value, which may stand in parentheses. */
const comma = (text, from) => skip(text, from, ')');
