// A process is stored as XML, which can not hold every character that JavaScript allows.
import { childrenOf } from './nodes.js';

const UNSTORABLE = /[\0-\x08\v\f\x0e-\x1f\ufffe\uffff\ud800-\udfff]/gu;

/**
 * Takes such characters away: between tokens a blank stands for them, in strings and templates an escape. What says its
 * own text, a regular expression or a tagged template, is made by a call that is told the text.
 */
export function makeStorable(text, program, edits, names) {
  const found = [...text.matchAll(UNSTORABLE)].map((match) => match.index);
  if (found.length === 0) return;
  const texts = textsOf(program);
  const called = new Map();
  for (const at of found) {
    const place = texts.find(({ start, end }) => start <= at && at < end);
    if (!place) edits.replace(at, at + 1, ' ');
    else if (!place.call) edits.replace(isEscaped(text, at) ? at - 1 : at, at + 1, escapeOf(text[at]));
    else called.set(place.node, place.call);
  }
  for (const [node, call] of called) call(node, edits, names);
}

const escapeOf = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function isEscaped(text, at) {
  let first = at;
  while (text[first - 1] === '\\') first--;
  return (at - first) % 2 === 1;
}

/** Where the program has texts of its own, and how they are made where an escape would not mean the same. */
function textsOf(program) {
  const texts = [];
  const visit = (node, parent) => {
    const { type, start, end } = node;
    if (type === 'Literal') texts.push({ node, start, end, call: node.regex && callForRegExp });
    if (type === 'TemplateLiteral') {
      const isTagged = parent.type === 'TaggedTemplateExpression';
      for (const part of node.quasis) texts.push({ node, start: part.start, end: part.end, call: isTagged && callForTemplate });
    }
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(program, null);
  return texts;
}

const quoted = (value) => (value === null ? 'void 0' : JSON.stringify(value).replace(UNSTORABLE, escapeOf));

function callForRegExp({ start, end, regex }, edits) {
  edits.replace(start, end, `$lowered.regExp(${quoted(regex.pattern)}, "${regex.flags}")`);
}

/** tag`a${b}` becomes tag(strings, b). */
function callForTemplate({ start, end, quasis, expressions }, edits, names) {
  const strings = `$lowered.strings("${names.free('$s')}", [${quasis.map((q) => quoted(q.value.cooked))}], [${quasis.map((q) => quoted(q.value.raw))}])`;
  quasis.forEach((each, index) => {
    const from = index === 0 ? start : each.start - 1;
    const to = index === expressions.length ? end : each.end + 2;
    edits.replace(from, to, `${index === 0 ? `(${strings}` : ''}${index === expressions.length ? ')' : ', '}`);
  });
}
