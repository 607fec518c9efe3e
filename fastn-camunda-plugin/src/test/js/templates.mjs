// Validates every element template in a folder against Camunda's schema; prints {"files": 7, "findings": [...]}.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { validate } from '@bpmn-io/element-templates-validator';

const [folder] = process.argv.slice(2);
const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
const findings = [];
for (const name of names) {
  const { valid, errors } = validate(JSON.parse(await readFile(path.join(folder, name), 'utf8')));
  if (!valid) findings.push(...errors.map((error) => `${name}: ${error.message}`));
}
process.stdout.write(JSON.stringify({ files: names.length, findings }));
