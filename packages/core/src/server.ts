export { ServerProvider } from './server/server-provider.ts';
export type { ServerProviderParts, StartPolicy, StatusMethod } from './server/server-provider.ts';
