import { apiBase, getJson, getText } from './client';
import type { WorkflowConfiguration } from './types';

/** A version as the address names it: a number, `draft`, or null for the deployed one. */
export type VersionWord = string | null;

export type Orientation = 'top-to-bottom' | 'left-to-right';

/** Where a way leads: `back` when the step has been taken already. */
export interface Jump {
  id: string;
  number: string;
  back: boolean;
}

export interface Step {
  number: string;
  id: string;
  kind: string | null;
  name: string;
  source: string | null;
  effects: string[];
  steps: Step[];
  ways: Way[];
  jump: Jump | null;
  last: boolean;
}

export interface Way {
  number: string;
  id: string;
  label: string;
  kind: 'normal' | 'error' | 'timeout';
  steps: Step[];
  jump: Jump | null;
}

export interface Sequence {
  steps: Step[];
  ways: Way[];
}

/** A thing outside, what is done to it, and the steps that do it. */
export interface Use {
  name: string;
  kinds: ('READ' | 'WRITE')[];
  steps: string[];
}

export interface Change {
  version: number;
  publishedAt: string;
  publishedBy: string;
  deployed: boolean;
}

export interface Docs {
  slug: string;
  name: string;
  purpose: string;
  version: string;
  origin: 'COMPILED' | 'DETACHED' | 'MODELLED';
  tier: string | null;
  timeoutMs: number | null;
  retry: { maxAttempts: number; waitsMs: number[] };
  concurrency: { runs: string | null; key: string | null; runsPerKey: string | null };
  triggers: { id: string; name: string; how: string; detail: string }[];
  input: string[];
  results: { id: string; name: string; members: string[]; code: string }[];
  connectors: { name: string; actions: Use[] }[];
  /** Which definitions the process holds on to: a number, or `managed` for what the operator has installed. */
  connectorVersions: { slug: string; version: string }[];
  tables: Use[];
  stateKeys: Use[];
  secrets: string[];
  workflows: Use[];
  events: Use[];
  errors: { id: string; name: string; code: string }[];
  errorPaths: {
    from: string;
    fromName: string;
    label: string;
    kind: 'error' | 'timeout';
    to: string;
    toName: string;
  }[];
  work: { id: string; name: string; type: string; performer: string }[];
  changes: Change[];
}

export interface Version extends Change {
  code: string;
  fileName: string | null;
  configuration: WorkflowConfiguration;
  bytes: number;
}

export type ChangeWord = 'added' | 'removed' | 'changed' | 'moved';

export interface NodeChange {
  id: string;
  name: string;
  change: ChangeWord;
  what: string[];
}

export interface Difference {
  from: string;
  to: string;
  code: {
    lines: { change: 'same' | 'added' | 'removed'; text: string }[];
    added: number;
    removed: number;
  };
  configuration: { field: string; from: unknown; to: unknown }[];
  process: { nodes: NodeChange[]; edges: NodeChange[] };
}

function at(slug: string, view: string, query: Record<string, string | null> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  const text = new URLSearchParams(given).toString();
  return `/workflows/${encodeURIComponent(slug)}/${view}${text && `?${text}`}`;
}

export function getSequence(slug: string, version: VersionWord, signal: AbortSignal) {
  return getJson<Sequence>(at(slug, 'sequence', { version }), signal);
}

export function getDocs(slug: string, version: VersionWord, signal: AbortSignal) {
  return getJson<Docs>(at(slug, 'docs', { version }), signal);
}

/** The BPMN of a version; its diagram lies in the direction asked for. */
export function getBpmn(
  slug: string,
  version: VersionWord,
  orientation: Orientation,
  signal: AbortSignal,
): Promise<string> {
  return getText(at(slug, 'bpmn', { version, orientation }), signal);
}

export async function listVersions(slug: string, signal: AbortSignal): Promise<Change[]> {
  const { versions } = await getJson<{ versions: Change[] }>(at(slug, 'versions'), signal);
  return versions.toSorted((a, b) => b.version - a.version);
}

export function getVersion(slug: string, version: number, signal: AbortSignal): Promise<Version> {
  return getJson(at(slug, `versions/${version}`), signal);
}

export function getDifference(
  slug: string,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Difference> {
  return getJson(at(slug, 'diff', { from, to }), signal);
}

/** Address of a file that the browser saves; the server names it. */
export function download(
  slug: string,
  file: 'diagram.svg' | 'diagram.png' | 'diagram.mmd' | 'docs.md' | 'bpmn',
  version: VersionWord,
  orientation: Orientation,
): string {
  const picture = file === 'diagram.svg' || file === 'diagram.png';
  return apiBase() + at(slug, file, { version, orientation: picture ? orientation : null });
}
