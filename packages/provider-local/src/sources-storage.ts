export type { FlagStorage } from './engine/sources/storage-source.ts';
export type { StorageSourceOptions } from './server/stores/storage-source.ts';
export { storageSource } from './server/stores/storage-source.ts';
