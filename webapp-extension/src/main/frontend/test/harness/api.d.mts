import type { Execution, WorkflowSummary } from '../../src/api/types';

export const workflows: WorkflowSummary[];
export const executions: Execution[];
export function answer(
  method: string,
  path: string,
  body: unknown,
): [status: number, body: unknown, headers?: Record<string, string>];
