import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectorAnswer } from './connectors.mjs';
import { json, problem, recorded } from './recorded.mjs';

const code = readFileSync(join(import.meta.dirname, 'workflow.js'), 'utf8');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const past = (ms) => new Date(Date.now() - ms).toISOString();
const dots = (text) =>
  [...text].map((sign, i) => ({
    id: `${text}-${i}`,
    status: { c: 'Completed', f: 'Failed', r: 'Running', t: 'Timeout', x: 'Canceled' }[sign],
  }));

const workflow = (
  slug,
  name,
  description,
  tier,
  version,
  deployedVersion,
  hours,
  runs,
  more = {},
) => ({
  slug,
  name,
  description,
  tier,
  status: deployedVersion ? 'active' : 'inactive',
  version,
  deployedVersion,
  updatedAt: past(hours * HOUR),
  updatedBy: 'demo',
  processDefinitionId: deployedVersion ? `${slug}:${deployedVersion}:4f2c` : null,
  lastExecutions: dots(runs),
  ...more,
});

const DECK = 'hubspot-discovery-deal-to-gamma-deck';

export const workflows = [
  workflow(
    DECK,
    'HubSpot Discovery Deal to Gamma Deck',
    'When a deal enters Discovery, generates a presentation in Gamma, stores its address and remembers the deal.',
    'STANDARD',
    2,
    2,
    3,
    'rccfcccccc',
  ),
  workflow(
    'order-check',
    'Order check',
    'Answers at once whether an order can be fulfilled from stock.',
    'INSTANT',
    5,
    4,
    26,
    'ccccccccxc',
  ),
  workflow(
    'paged-contact-sync',
    'Paged contact sync',
    'Copies all contacts page by page into the tenant’s database, and goes on where it stopped.',
    'LONG',
    1,
    1,
    71,
    'ctcc',
  ),
  workflow(
    'nightly-revenue-report',
    'Nightly revenue report',
    'Collects the day’s orders at 2:00, writes the report and mails it to the finance team; retries while the back end is down.',
    'STANDARD',
    3,
    3,
    9,
    'cfccfccccc',
  ),
  workflow(
    'shopify-refund-webhook',
    'Shopify refund webhook',
    'Checks the signature and books the refund.',
    'INSTANT',
    1,
    null,
    200,
    '',
  ),
  workflow('lead-scoring', 'Lead scoring', null, 'STANDARD', null, null, 0.02, ''),
];

const configuration = ({ slug, name, description, tier, status }) => ({
  name,
  description,
  tier,
  timeoutMs: { INSTANT: 60_000, STANDARD: 900_000, LONG: 21_600_000 }[tier],
  enabled: status === 'active',
  retry:
    tier === 'INSTANT'
      ? null
      : { maxAttempts: 3, initialIntervalMs: 5000, backoffCoefficient: 2, maxIntervalMs: 60_000 },
  concurrency: slug === DECK ? { runs: 5, key: 'input.0.objectId', runsPerKey: 1 } : null,
  connectors: slug === DECK ? { gamma: { version: 2 } } : null,
});

const result = {
  success: true,
  deal: '9087',
  deck: 'https://gamma.example/d/discovery-acme-9087',
  counts: { slides: 12, retries: 0 },
};
const failure = {
  code: 'FASTN-30201',
  name: 'ConnectorError',
  message: 'hubspotCrm.getDeal answered 404 Not Found: deal "9087" does not exist',
  step: 'read_hubspotCrm_getDeal',
  line: 16,
  column: 22,
};

const run = (id, status, ms, durationMs, triggeredBy, more = {}) => ({
  id,
  workflow: workflows[0].slug,
  workflowName: workflows[0].name,
  version: 2,
  tier: 'STANDARD',
  status,
  triggeredBy,
  startedBy: null,
  startedAt: past(ms),
  endedAt: status === 'Running' ? null : past(ms - (durationMs ?? 0)),
  durationMs,
  result: status === 'Completed' ? result : null,
  error: null,
  processInstanceId: '8c1f0a52',
  attempts: 1,
  ...more,
});

export const executions = [
  run('01J9-8XQ4', 'Running', 12_000, null, 'webhook'),
  run('01J9-7TB2', 'Completed', 4 * MINUTE, 12_140, 'app-event'),
  run('01J9-6PM0', 'Failed', 41 * MINUTE, 612, 'manual', {
    startedBy: 'demo',
    error: failure,
    attempts: 3,
  }),
  run('01J9-5KD9', 'Completed', 3 * HOUR, 79, 'manual', {
    startedBy: 'demo',
    result: { success: true, skipped: true, reason: 'already_processed' },
  }),
  run('01J9-4FF1', 'Completed', 17 * HOUR, 2_130, 'api', { startedBy: 'demo' }),
  run('01J9-3AA7', 'Timeout', 29 * HOUR, 900_000, 'scheduler', {
    version: 1,
    error: {
      code: 'FASTN-50301',
      name: 'ExecutionTimeout',
      message: 'The execution took longer than its timeout of 15 min.',
      step: 'wait_1',
      line: 23,
      column: 7,
    },
  }),
  run('01J9-2ZZ3', 'Canceled', 50 * HOUR, 29_100, 'workflow', { version: 1 }),
];

const started = new Map();

/** Answers like the plugin's REST resources: `[status, body, headers]`. */
export function answer(method, path, body) {
  const [, slug, rest] = /^\/workflows(?:\/([^/?]+))?(?:\/([\w.-]+))?/.exec(path) ?? [];
  if (path.startsWith('/executions')) return executionAnswer(path);
  if (/^\/(connectors|connections|oauth|oauth-apps)/.test(path))
    return connectorAnswer(method, path, body);
  if (!slug) return [200, { workflows }];
  const found = workflows.find((each) => each.slug === slug);
  if (!found) return problem(404, 'FASTN-40401', `Workflow "${slug}" does not exist.`);
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  if (rest === 'bpmn') {
    const tall = query.get('orientation') === 'top-to-bottom' ? '-tall' : '';
    const version = query.get('version') === '1' ? 1 : 2;
    return [200, recorded(`v${version}${tall}.bpmn`), { 'content-type': 'application/xml' }];
  }
  if (rest === 'versions') return [200, path.endsWith('/1') ? json('version1') : versions(path)];
  if (rest === 'diff') return [200, difference(query.get('from'), query.get('to'))];
  if (rest === 'sequence' || rest === 'docs') return [200, json(rest)];
  if (rest === 'execute' && method === 'POST') return executeAnswer(body);
  const { length } = Buffer.from(code);
  return [
    200,
    {
      ...found,
      code,
      fileName: `${slug}.js`,
      configuration: configuration(found),
      revision: 7,
      editedBy: 'manually',
      bytes: length,
      diagnostics: [],
    },
  ];
}

const versions = (path) =>
  /versions\/\d/.test(path) ? { ...json('version1'), code, version: 2 } : json('versions');

/** Version 2 and the draft are the same; version 1 is another one. */
function difference(from, to) {
  const diff = { ...json('diff'), from, to };
  if ((from === '1') !== (to === '1')) return diff;
  const same = diff.code.lines.filter(({ change }) => change !== 'removed');
  const lines = same.map((line) => ({ ...line, change: 'same' }));
  const process = { nodes: [], edges: [] };
  return { ...diff, code: { lines, added: 0, removed: 0 }, configuration: [], process };
}

function executeAnswer({ input }) {
  if (input?.refuse)
    return problem(
      409,
      'FASTN-20903',
      'Workflow "hubspot-discovery-deal-to-gamma-deck" is disabled.',
    );
  const id = `01JA-${started.size}`;
  started.set(id, { at: Date.now(), fail: Boolean(input?.fail) });
  return [202, { data: { executionId: id, status: 'Running' } }, { 'x-fastn-execution-id': id }];
}

function executionAnswer(path) {
  const id = /^\/executions\/([^?]+)/.exec(path)?.[1];
  if (!id) return [200, { executions: path.includes('deck') ? executions : [] }];
  const begun = started.get(id);
  if (!begun) return [200, executions.find((each) => each.id === id)];
  const passed = Date.now() - begun.at;
  if (passed < 700) return [200, run(id, 'Running', passed, null, 'manual')];
  const more = begun.fail ? { error: failure } : {};
  return [
    200,
    run(id, begun.fail ? 'Failed' : 'Completed', passed, 712, 'manual', {
      startedBy: 'demo',
      ...more,
    }),
  ];
}
