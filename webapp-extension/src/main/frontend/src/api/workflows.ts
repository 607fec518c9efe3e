import { type Answer, getJson, postJson } from './client';
import type { Execution, Workflow, WorkflowSummary } from './types';

const at = (slug: string) => `/workflows/${encodeURIComponent(slug)}`;

export async function listWorkflows(signal: AbortSignal): Promise<WorkflowSummary[]> {
  return (await getJson<{ workflows: WorkflowSummary[] }>('/workflows', signal)).workflows;
}

export function getWorkflow(slug: string, signal: AbortSignal): Promise<Workflow> {
  return getJson(at(slug), signal);
}

export async function listExecutions(slug: string, signal: AbortSignal): Promise<Execution[]> {
  const path = `/executions?workflow=${encodeURIComponent(slug)}&limit=50`;
  return (await getJson<{ executions: Execution[] }>(path, signal)).executions;
}

export function getExecution(id: string, signal: AbortSignal): Promise<Execution> {
  return getJson(`/executions/${encodeURIComponent(id)}`, signal);
}

export function execute(
  slug: string,
  input: unknown,
  headers: unknown,
  signal: AbortSignal,
): Promise<Answer<{ data: unknown }>> {
  return postJson(`${at(slug)}/execute`, { input, headers }, signal);
}
