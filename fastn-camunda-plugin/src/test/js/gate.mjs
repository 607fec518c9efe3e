// Lints every BPMN file below a folder and reads and writes it with moddle, as the Camunda Modeler does.
// Prints {"files": 3, "findings": ["a.bpmn: task_1: ..."]}.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createRequire } from 'node:module';
import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const camunda = require('camunda-bpmn-moddle/resources/camunda.json');
const config = JSON.parse(await readFile(new URL('.bpmnlintrc', import.meta.url), 'utf8'));

const [folder] = process.argv.slice(2);
const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.bpmn')).sort();
const findings = [];
for (const name of names) {
  const xml = await readFile(path.join(folder, name), 'utf8');
  findings.push(...(await check(xml)).map((finding) => `${name}: ${finding}`));
}
process.stdout.write(JSON.stringify({ files: names.length, findings }));

async function check(xml) {
  const moddle = new BpmnModdle({ camunda });
  const { rootElement, warnings } = await moddle.fromXML(xml);
  const found = warnings.map((warning) => `moddle: ${warning.message}`);
  // A linter of its own for each file: some rules remember ids.
  const results = await new Linter({ config, resolver: new NodeResolver({ require }) }).lint(rootElement);
  for (const [rule, reports] of Object.entries(results)) {
    found.push(...reports.map((report) => `${report.id}: ${report.message} (${rule})`));
  }
  const once = (await moddle.toXML(rootElement, { format: true })).xml;
  const again = await new BpmnModdle({ camunda }).fromXML(once);
  const twice = (await moddle.toXML(again.rootElement, { format: true })).xml;
  if (again.warnings.length > 0 || once !== twice) found.push('moddle: a second round trip changes the file');
  return found;
}
