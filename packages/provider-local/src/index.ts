export type { LocatedDiagnostic } from './engine/set-builder.ts';
export type { LocalStatus } from './engine/status.ts';
export { LocalProvider } from './server/local-provider.ts';
export type { ProviderAnnouncement as LocalProviderEvents } from '@halyard/core/server';
export type { LocalProviderOptions } from './server/provider-options.ts';
export { fileSource } from './server/source-choice.ts';
export { inlineSource } from './sources/inline-source.ts';
export { merged } from './sources/merged-source.ts';
export type { DocumentFormat, FlagDocument, LoadedFlags, Source } from './sources/source.ts';
