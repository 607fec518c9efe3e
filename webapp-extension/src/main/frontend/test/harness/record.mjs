import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Records what the harness answers with from a running example host, so that pages are seen with true data:
 * `FASTN_URL=http://localhost:8080/fastn/api/v1 FASTN_KEY=wak_... FASTN_ACCOUNT=acc_... node test/harness/record.mjs`
 */
const { FASTN_URL, FASTN_KEY, FASTN_ACCOUNT } = process.env;
const here = import.meta.dirname;
const slug = 'hubspot-discovery-deal-to-gamma-deck';
const headers = {
  'content-type': 'application/json',
  'x-fastn-access-key': FASTN_KEY,
  'x-fastn-account-id': FASTN_ACCOUNT,
  'x-fastn-account-tenant-id': 'default',
};

async function call(method, path, body) {
  const answer = await fetch(FASTN_URL + path, {
    method,
    headers,
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text;
}

const configuration = {
  name: 'HubSpot Discovery Deal to Gamma Deck',
  description:
    'When a deal enters Discovery, generates a presentation in Gamma, stores its address and remembers the deal.',
  tier: 'standard',
  timeoutMs: 900_000,
  retry: {
    maxAttempts: 3,
    initialIntervalMs: 5000,
    backoffCoefficient: 2,
    maxIntervalMs: 60_000,
  },
  concurrency: { runs: 5, key: 'input.0.objectId', runsPerKey: 1 },
};
const code = readFileSync(join(here, 'workflow.js'), 'utf8');
// The first version knew no deduplication, polled less often and had less time.
const first = code
  .replace(/ {2}const existing[\s\S]*?\n {2}}\n\n/, '')
  .replace('sleep(5000)', 'sleep(10000)');

mkdirSync(join(here, 'data'), { recursive: true });
const keep = (name, text) => writeFileSync(join(here, 'data', name), text);
const json = (name, text) => keep(`${name}.json`, `${JSON.stringify(JSON.parse(text), null, 1)}\n`);

await call('PUT', `/workflows/${slug}`, {
  code: first,
  configuration: { ...configuration, timeoutMs: 600_000, concurrency: null },
});
await call('POST', `/workflows/${slug}/publish`);
await call('PUT', `/workflows/${slug}`, { code, configuration });
await call('POST', `/workflows/${slug}/publish`);
await call('POST', `/workflows/${slug}/deploy`);
const at = `/workflows/${slug}`;
json('sequence', await call('GET', `${at}/sequence`));
json('docs', await call('GET', `${at}/docs`));
json('diff', await call('GET', `${at}/diff?from=1&to=2`));
json('versions', await call('GET', `${at}/versions`));
json('version1', await call('GET', `${at}/versions/1`));
for (const version of [1, 2]) {
  keep(`v${version}.bpmn`, await call('GET', `${at}/bpmn?version=${version}`));
  keep(
    `v${version}-tall.bpmn`,
    await call('GET', `${at}/bpmn?version=${version}&orientation=top-to-bottom`),
  );
}
json('connectors', await call('GET', '/connectors'));
for (const connector of ['demo-shop', 'demo-carrier', 'gamma', 'http', 'email'])
  json(`connector-${connector}`, await call('GET', `/connectors/${connector}`));
