// A process is stored as XML, which can not hold every character that JavaScript allows.
import { Edits } from './edits.js';
import { childrenOf } from './nodes.js';

const UNSTORABLE = /[\0-\x08\v\f\x0e-\x1f\ufffe\uffff\ud800-\udfff]/gu;

/**
 * The same program without such characters: between tokens a blank stands for them, in strings and templates an
 * escape. What says its own text (a regular expression, a tagged template) keeps them.
 */
export function storable(text, program) {
  const found = [...text.matchAll(UNSTORABLE)].map((match) => match.index);
  if (found.length === 0) return text;
  const edits = new Edits(text);
  const texts = textsOf(program);
  for (const at of found) {
    const place = texts.find(({ start, end }) => start <= at && at < end);
    if (!place) edits.replace(at, at + 1, ' ');
    else if (place.escapes) edits.replace(isEscaped(text, at) ? at - 1 : at, at + 1, escapeOf(text, at));
  }
  return edits.apply();
}

const escapeOf = (text, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;

function isEscaped(text, at) {
  let first = at;
  while (text[first - 1] === '\\') first--;
  return (at - first) % 2 === 1;
}

/** Where the program has texts of its own, and whether an escape means the same there. */
function textsOf(program) {
  const texts = [];
  const visit = (node, parent) => {
    if (node.type === 'Literal') texts.push({ start: node.start, end: node.end, escapes: typeof node.value === 'string' });
    if (node.type === 'TemplateLiteral') {
      const escapes = parent?.type !== 'TaggedTemplateExpression';
      for (const { start, end } of node.quasis) texts.push({ start, end, escapes });
    }
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(program, null);
  return texts;
}
