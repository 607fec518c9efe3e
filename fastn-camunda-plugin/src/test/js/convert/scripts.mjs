// The programs that a file holds: the file itself, the cases of a minifier's suite, or a conformance test with its harness.
import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parse } from '../../../main/js/node_modules/@babel/parser/lib/index.js';

const PLUGINS = ['estree'];

export const parseScript = (code) =>
  parse(code, { sourceType: 'script', strictMode: false, allowReturnOutsideFunction: true, allowAwaitOutsideFunction: false, plugins: PLUGINS }).program;

/** Programs of a file as {name, prelude, body}: the prelude stands in the module, the body in the workflow. */
export function* scriptsOf(path, name) {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  if (/^\/\*---/m.test(text)) yield* conformanceTest(path, name, text);
  else if (/^\s+expect_stdout:/m.test(text)) yield* minifierCases(name, text);
  else yield { name, prelude: '', body: text };
}

function* minifierCases(name, text) {
  for (const block of parseScript(text).body) {
    if (block.type !== 'LabeledStatement' || block.body.type !== 'BlockStatement') continue;
    const parts = new Map(block.body.body.filter((part) => part.type === 'LabeledStatement').map((part) => [part.label.name, part.body]));
    const input = parts.get('input');
    if (input?.type === 'BlockStatement' && parts.has('expect_stdout')) {
      yield { name: `${name}/${block.label.name}.js`, prelude: '', body: text.slice(input.start + 1, input.end - 1) };
    }
  }
}

/** Only tests that run to their end in strict mode; `$DONE` and modules are for other harnesses. */
function* conformanceTest(path, name, text) {
  const facts = /\/\*---([\s\S]*?)---\*\//.exec(text)[1];
  if (/^negative:/m.test(facts) || /^flags:.*\b(noStrict|raw|module|async|CanBlockIsFalse)\b/m.test(facts)) return;
  const includes = /^includes:\s*\[([^\]]*)\]/m.exec(facts)?.[1].split(',') ?? [];
  const harness = join(path.split(`${sep}test${sep}`)[0], 'harness');
  const files = ['sta.js', 'assert.js', ...includes.map((file) => file.trim())];
  if (files.some((file) => !existsSync(join(harness, file)))) return;
  yield { name, prelude: files.map((file) => readFileSync(join(harness, file), 'utf8')).join('\n'), body: text };
}
