export type { PinoLoggerOptions, PinoModule } from './logging/pino-logger.ts';
export { pinoLogger } from './logging/pino-logger.ts';
export type { ProviderAnnouncement } from './server/provider-announcements.ts';
export { ProviderAnnouncements } from './server/provider-announcements.ts';
export { ServerProvider } from './server/server-provider.ts';
export type { ServerProviderParts, StartPolicy, StatusMethod } from './server/server-provider.ts';
