import { ApiError, deletePath, getJson, postJson, putJson } from './client';

export interface ConnectorRow {
  slug: string;
  /** The name in code: `hubspotCrm`. */
  accessor: string;
  title: string;
  description: string;
  origin: 'managed' | 'custom';
  version: number | null;
  docs: string | null;
  verified: boolean;
  notice: string | null;
  auth: string;
  actions: number;
}

export interface Parameter {
  name: string;
  type: string;
  required: boolean;
  description: string;
}

export interface Action {
  name: string;
  title: string;
  description: string;
  kind: 'READ' | 'WRITE';
  parameters: Parameter[];
  othersAllowed: boolean;
  examples: unknown[];
  input: unknown;
  output: unknown;
  idempotent: boolean;
  timeoutMs: number;
}

/** What a connection says: secret fields, settings by name with their titles; `needs` names those it is none without. */
export interface Asked {
  fields: string[];
  settings: Record<string, string>;
  needs: string[];
}

/** A way to show who calls, of those that a connection chooses from by its setting `auth.type`. */
export interface AuthKind extends Asked {
  type: string;
  /** Titles of what has a setting for each member: `auth.json` as `auth.json.user`. */
  lists: Record<string, string>;
  /** Whether the members mention more secret fields, as `{name}`. */
  namesFields: boolean;
  takesScopes: boolean;
}

export interface Connector extends Omit<ConnectorRow, 'actions'> {
  baseUrl: string | null;
  schemas: Record<string, unknown>;
  /** What a person says to connect. */
  connection: Asked & {
    /** Empty where the connector says itself how it shows who calls. */
    auths: AuthKind[];
    scopes: string[];
    verify: string | null;
    secretsNamed: boolean;
  };
  actions: Action[];
  /** As it was given, where the tenant keeps it itself. */
  definition?: unknown;
}

export interface ConnectorVersion {
  version: number;
  createdAt: string;
  createdBy: string;
}

export type ConnectionStatus = 'ACTIVE' | 'EXPIRED' | 'FAILED' | 'INACTIVE';

export interface Connection {
  id: string;
  connector: string;
  orgId: 'managed' | 'custom';
  environment: string | null;
  label: string;
  method: string;
  account: string | null;
  settings: Record<string, string>;
  scopes: string[];
  expiresAt: string | null;
  status: ConnectionStatus;
  isDefault: boolean;
  lastVerified: string | null;
  version: number;
  updatedAt: string;
  updatedBy: string;
}

export interface Trial {
  mode: 'MOCK' | 'LIVE';
  success: boolean;
  result?: unknown;
  error?: { name: string; message: string } & Record<string, unknown>;
}

const at = (slug: string) => `/connectors/${encodeURIComponent(slug)}`;

export async function listConnectors(signal: AbortSignal): Promise<ConnectorRow[]> {
  return (await getJson<{ connectors: ConnectorRow[] }>('/connectors', signal)).connectors;
}

export function getConnector(slug: string, signal: AbortSignal): Promise<Connector> {
  return getJson(at(slug), signal);
}

export async function listConnectorVersions(
  slug: string,
  signal: AbortSignal,
): Promise<ConnectorVersion[]> {
  return (await getJson<{ versions: ConnectorVersion[] }>(`${at(slug)}/versions`, signal)).versions;
}

export async function putConnector(
  slug: string,
  definition: unknown,
): Promise<Connector & { unchanged: boolean }> {
  return (await putJson<Connector & { unchanged: boolean }>(at(slug), definition)).body;
}

export function deleteConnector(slug: string): Promise<void> {
  return deletePath(at(slug));
}

export async function tryAction(
  slug: string,
  action: string,
  trial: { mode: 'MOCK' } | { mode: 'LIVE'; confirm: true; input: unknown; connection?: string },
  signal: AbortSignal,
): Promise<Trial> {
  const path = `${at(slug)}/actions/${encodeURIComponent(action)}/test`;
  return (await postJson<Trial>(path, trial, signal)).body;
}

export async function listConnections(signal: AbortSignal): Promise<Connection[]> {
  return (await getJson<{ connections: Connection[] }>('/connections', signal)).connections;
}

export interface NewConnection {
  connector: string;
  orgId: string;
  environment: string | null;
  label: string;
  fields?: Record<string, string>;
  settings: Record<string, string>;
  scopes?: string[];
  isDefault?: boolean;
}

export async function createConnection(draft: NewConnection): Promise<Connection> {
  return (await postJson<Connection>('/connections', draft)).body;
}

export async function changeConnection(
  id: string,
  change: { label?: string; fields?: Record<string, string>; status?: 'ACTIVE' | 'INACTIVE' },
): Promise<Connection> {
  return (await putJson<Connection>(`/connections/${id}`, change)).body;
}

export async function makeDefault(id: string): Promise<void> {
  await postJson(`/connections/${id}/default`, {});
}

export async function verifyConnection(
  id: string,
): Promise<{ verified: boolean | null; message: string | null }> {
  const path = `/connections/${id}/verify`;
  return (await postJson<{ verified: boolean | null; message: string | null }>(path, {})).body;
}

export function deleteConnection(id: string): Promise<void> {
  return deletePath(`/connections/${id}`);
}

/** Begins a sign-in at the service; the page at the address is opened in this browser. */
export async function startSignIn(
  start: NewConnection | { connectionId: string },
): Promise<string> {
  return (await postJson<{ authorizeUrl: string }>('/oauth/start', start)).body.authorizeUrl;
}

export interface Preview {
  title: string;
  slug: string;
  operations: {
    action: string;
    method: string;
    path: string;
    title: string;
    kind: 'READ' | 'WRITE';
    deprecated: boolean;
    chosen: boolean;
    problem: string | null;
  }[];
  hosts: string[];
  warnings: ImportWarning[];
}

export interface ImportWarning {
  place: string;
  message: string;
}

export async function previewImport(document: string): Promise<Preview> {
  return (await postJson<Preview>('/connectors/import/openapi/preview', { document })).body;
}

export async function importDocument(choice: {
  document: string;
  slug: string;
  title?: string;
  baseUrl?: string;
  operations: string[];
}): Promise<Connector & { unchanged: boolean; warnings: ImportWarning[] }> {
  const path = '/connectors/import/openapi';
  return (
    await postJson<Connector & { unchanged: boolean; warnings: ImportWarning[] }>(path, choice)
  ).body;
}

/** The client that the authorization server of a connector knows; its secret only goes in. */
export interface OAuthApp {
  connector: string;
  managed: boolean;
  clientId: string;
  hasSecret: boolean;
}

const app = (slug: string) => `/oauth-apps/${encodeURIComponent(slug)}`;

/** Null where there is none yet. */
export async function getOAuthApp(slug: string, signal: AbortSignal): Promise<OAuthApp | null> {
  try {
    return await getJson<OAuthApp>(app(slug), signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

export async function putOAuthApp(
  slug: string,
  change: { clientId: string; clientSecret?: string },
): Promise<void> {
  await putJson(app(slug), change);
}

export function deleteOAuthApp(slug: string): Promise<void> {
  return deletePath(app(slug));
}
