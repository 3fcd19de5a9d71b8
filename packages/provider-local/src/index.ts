export type { LocatedDiagnostic } from './engine/set-builder.ts';
export type { LocalStatus } from './engine/status.ts';
export { LocalProvider } from './server/local-provider.ts';
export type { ProviderAnnouncement as LocalProviderEvents } from '@halyard/core/server';
export type { LocalProviderOptions } from './server/provider-options.ts';
export type { HttpHeaders } from './engine/sources/http-source.ts';
export type { HttpSourceOptions } from './server/http-source.ts';
export { httpSource } from './server/http-source.ts';
export type { LayeredOptions } from './server/layered.ts';
export { layered } from './server/layered.ts';
export type { RelaySourceOptions } from './server/relay-source.ts';
export { relaySource } from './server/relay-source.ts';
export type { RemoteSourceOptions } from './server/remote-source-options.ts';
export { fileSource } from './server/source-choice.ts';
export { inlineSource } from './sources/inline-source.ts';
export { merged } from './sources/merged-source.ts';
export type {
  DocumentFormat,
  FlagDocument,
  Layering,
  LayerStatus,
  LoadedFlags,
  Source,
  Standing,
} from './sources/source.ts';
