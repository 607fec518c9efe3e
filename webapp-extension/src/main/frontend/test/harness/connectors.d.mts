import type { Connection } from '../../src/api/connectors';

export const connections: Connection[];
