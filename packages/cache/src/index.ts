export type { AnswerCacheOptions, CacheStats, Flight, Loaded } from './engine/answer-cache.ts';
export { AnswerCache } from './engine/answer-cache.ts';
