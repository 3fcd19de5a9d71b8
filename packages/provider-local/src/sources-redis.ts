export type { RedisClient } from './engine/sources/redis-source.ts';
export type { RedisSourceOptions } from './server/stores/redis-source.ts';
export { redisSource } from './server/stores/redis-source.ts';
