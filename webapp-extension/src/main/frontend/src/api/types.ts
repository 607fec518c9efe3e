/** The JSON that the server's REST controllers speak. */
export type TierWord = 'INSTANT' | 'STANDARD' | 'LONG';
export type RunStatus = 'Running' | 'Completed' | 'Failed' | 'Timeout' | 'Canceled';

export interface WorkflowSummary {
  slug: string;
  name: string;
  description: string | null;
  tier: string;
  status: 'active' | 'inactive';
  version: number | null;
  deployedVersion: number | null;
  updatedAt: string;
  updatedBy: string | null;
  processDefinitionId: string | null;
  lastExecutions: { id: string; status: RunStatus }[];
}

export interface RetryPolicy {
  maxAttempts: number;
  initialIntervalMs: number;
  backoffCoefficient: number;
  maxIntervalMs: number;
}

/** How many runs may be under way at once. */
export interface Concurrency {
  runs: number | null;
  key: string | null;
  runsPerKey: number | null;
}

export interface WorkflowConfiguration {
  name: string;
  description: string | null;
  tier: string;
  timeoutMs: number;
  enabled: boolean;
  retry: RetryPolicy | null;
  concurrency: Concurrency | null;
  /** Versions of connectors that the configuration asks for, by slug. */
  connectors: Record<string, { version: number }> | null;
}

export interface Diagnostic {
  code: string;
  severity: string;
  message: string;
  instead: string | null;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface Workflow extends WorkflowSummary {
  code: string;
  fileName: string | null;
  configuration: WorkflowConfiguration;
  revision: number | string | null;
  editedBy: 'manually' | 'agent';
  bytes: number;
  diagnostics: Diagnostic[];
}

export interface RunError {
  code: string | null;
  name: string | null;
  message: string;
  step: string | null;
  line: number | null;
  column: number | null;
}

export interface Execution {
  id: string;
  workflow: string;
  workflowName: string;
  version: number | null;
  tier: string;
  status: RunStatus;
  triggeredBy: string;
  startedBy: string | null;
  startedAt: string;
  endedAt: string | null;
  durationMs: number | null;
  result?: unknown;
  error: RunError | null;
  processInstanceId: string | null;
  attempts: number | null;
}

export function tierWord(tier: string): TierWord {
  const word = tier.toUpperCase();
  return word === 'INSTANT' || word === 'LONG' ? word : 'STANDARD';
}
