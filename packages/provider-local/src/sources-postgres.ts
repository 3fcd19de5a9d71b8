export type { PostgresClient } from './engine/sources/postgres-source.ts';
export type { PostgresSourceOptions } from './server/stores/postgres-source.ts';
export { postgresSource } from './server/stores/postgres-source.ts';
