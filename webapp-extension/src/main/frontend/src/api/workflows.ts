import { type Answer, getJson, getText, postJson } from './client';
import type { Execution, Workflow, WorkflowSummary } from './types';

const at = (slug: string) => `/workflows/${encodeURIComponent(slug)}`;

export async function listWorkflows(signal: AbortSignal): Promise<WorkflowSummary[]> {
  return (await getJson<{ workflows: WorkflowSummary[] }>('/workflows', signal)).workflows;
}

export function getWorkflow(slug: string, signal: AbortSignal): Promise<Workflow> {
  return getJson(at(slug), signal);
}

/** The BPMN that is deployed, with its diagram. */
export function getBpmn(slug: string, signal: AbortSignal): Promise<string> {
  return getText(`${at(slug)}/bpmn`, signal);
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
