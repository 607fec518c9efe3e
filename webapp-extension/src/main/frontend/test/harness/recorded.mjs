import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Recorded from a host by record.mjs. */
export const recorded = (file) => readFileSync(join(import.meta.dirname, 'data', file), 'utf8');
export const json = (name) => JSON.parse(recorded(`${name}.json`));

export const problem = (status, code, detail) => [
  status,
  { type: 'about:blank', title: 'Problem', status, detail, code },
  { 'content-type': 'application/problem+json' },
];
