export type { RemoteStatus } from './engine/status.ts';
export type { CacheOptions, ChangesOptions, RemoteProviderOptions } from './server/provider-options.ts';
export type { RemoteProviderEvents } from './server/remote-parts.ts';
export type { RemoteStats } from './server/remote-provider.ts';
export { RemoteProvider } from './server/remote-provider.ts';
