import type { Logger, OptionRule } from '@halyard/core';
import { checkOptions, invalidOptions, optionRules } from '@halyard/core';
import type { CollectLimits, ExporterMetadata } from '@halyard/hooks';
import { collectRules } from '@halyard/hooks';
import type { ApiKey, ChangesMode, Endpoint } from '@halyard/relay-client';
import { anApiKey, anEndpoint, parseEndpoint } from '@halyard/relay-client';
import type { NodeTransportOptions } from '@halyard/relay-client/server';
import { nodeTransportRules } from '@halyard/relay-client/server';
import { fromEnvironment } from '../platform/node/environment.ts';

/** How answers are kept. Durations are in milliseconds. */
export interface CacheOptions {
  /** How many answers are kept; the least recently used one makes room. Default 10,000. */
  readonly maxEntries?: number;
  /** How long an answer is fresh while the relay tells of no changes. While it does, until it tells. Default 300,000. */
  readonly ttlMs?: number;
  /** How long an answer may be served after that if the relay cannot be asked. Default 3,600,000. */
  readonly staleTtlMs?: number;
}

/** How changes are learnt. Durations are in milliseconds. */
export interface ChangesOptions {
  /** `auto` (default): WebSocket, else server-sent events, else polling, and back as soon as possible; or one of these; or `off`. */
  readonly mode?: ChangesMode;
  /** How often the relay is asked where it does not push. Default 30,000. */
  readonly pollIntervalMs?: number;
  /** Delays between attempts to connect: from `initialMs` (default 1,000), doubling, to `maxMs` (default 60,000). */
  readonly reconnect?: { readonly initialMs?: number; readonly maxMs?: number };
}

/** The options of a {@link RemoteProvider}; each has a default. Durations are in milliseconds. */
export interface RemoteProviderOptions {
  /** Where the relay is; a path prefix is kept. Default `HALYARD_ENDPOINT`, else `http://localhost:1031`. */
  readonly endpoint?: string | URL;
  /** The relay's key, or a function that is asked again when the relay refuses it. Default `HALYARD_API_KEY`, else none. */
  readonly apiKey?: ApiKey;
  /** How the relay is asked: its own protocol (`'goff'`, default), or the OpenFeature Remote Evaluation Protocol. */
  readonly protocol?: 'goff' | 'ofrep';
  /** How long one request may take, from connecting to the last byte. Default 5,000. */
  readonly timeoutMs?: number;
  /** How long `initialize` waits for the relay. Default 5,000. */
  readonly initTimeoutMs?: number;
  /** After a failed start: go on trying and recover (`'serve'`, default), or give up for good (`'fail'`). */
  readonly onInitFailure?: 'serve' | 'fail';
  /** How answers are kept; false: not at all. */
  readonly cache?: false | CacheOptions;
  /** How changes are learnt. Default `'auto'`. */
  readonly changes?: ChangesMode | ChangesOptions;
  /** How usage data is gathered for the relay: what it could not count itself. False: not at all. */
  readonly collect?: false | CollectLimits;
  /** Goes with all usage data, as in `{ app: 'shop' }`. Default `{}`. */
  readonly exporterMetadata?: ExporterMetadata;
  /** How requests are sent: over kept connections by default; or by a `fetch` or a `dispatcher` of undici that is given. */
  readonly http?: NodeTransportOptions;
  /** Where messages go. Default: pino on standard error, at `info`. */
  readonly logger?: Logger;
  /** Whether the default logger logs at `debug`. Default false. */
  readonly debug?: boolean;
}

const modes = ['auto', 'websocket', 'sse', 'poll', 'off'] as const;
const isFalse = (value: unknown): boolean => value === false;
const isMode = (value: unknown): boolean => modes.some((mode) => mode === value);

/** Room for the answers is set aside at the start. */
const MOST_ENTRIES = 10_000_000;

const cacheRules: Readonly<Record<keyof CacheOptions, OptionRule>> = {
  maxEntries: optionRules.aCount(1, MOST_ENTRIES),
  ttlMs: optionRules.aDuration(0),
  staleTtlMs: optionRules.aDuration(0),
};

const changesRules: Readonly<Record<keyof ChangesOptions, OptionRule>> = {
  mode: optionRules.oneOf(...modes),
  pollIntervalMs: optionRules.aDuration(1),
  reconnect: optionRules.anObjectOf({ initialMs: optionRules.aDuration(1), maxMs: optionRules.aDuration(1) }),
};

const rules: Readonly<Record<keyof RemoteProviderOptions, OptionRule>> = {
  endpoint: anEndpoint,
  apiKey: anApiKey,
  protocol: optionRules.oneOf('goff', 'ofrep'),
  timeoutMs: optionRules.aDuration(1),
  initTimeoutMs: optionRules.aDuration(1),
  onInitFailure: optionRules.oneOf('serve', 'fail'),
  cache: optionRules.anyOf('false, or an object of options', isFalse, optionRules.anObjectOf(cacheRules)),
  changes: optionRules.anyOf(
    `${optionRules.oneOf(...modes).expected}, or an object of options`,
    isMode,
    optionRules.anObjectOf(changesRules),
  ),
  collect: optionRules.anyOf('false, or an object of options', isFalse, optionRules.anObjectOf(collectRules)),
  exporterMetadata: optionRules.someMetadata,
  http: optionRules.anObjectOf(nodeTransportRules),
  logger: optionRules.aLogger,
  debug: optionRules.aBoolean,
};

/** What stands in for options that are not given. */
export interface ChosenRelay {
  readonly endpoint: Endpoint;
  readonly apiKey: ApiKey | undefined;
}

/**
 * Checks the options, and reads from the environment what they leave open.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault
 */
export function chosenRelay(options: RemoteProviderOptions): ChosenRelay {
  checkOptions('RemoteProvider', options, rules);
  const endpoint = options.endpoint ?? fromEnvironment('HALYARD_ENDPOINT') ?? 'http://localhost:1031';
  const apiKey = options.apiKey ?? fromEnvironment('HALYARD_API_KEY');
  const faults: Parameters<typeof invalidOptions>[1][number][] = [];
  anEndpoint.check(endpoint, 'HALYARD_ENDPOINT', (fault) => faults.push(fault));
  if (apiKey !== undefined) anApiKey.check(apiKey, 'HALYARD_API_KEY', (fault) => faults.push(fault));
  if (faults.length > 0) throw invalidOptions('RemoteProvider', faults);
  return { endpoint: parseEndpoint(endpoint), apiKey };
}
