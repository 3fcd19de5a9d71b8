import type { Logger, OptionRule } from '@halyard/core';
import { optionRules } from '@halyard/core';
import type { Source } from '@halyard/provider-local/engine';
import { localProviderRules } from '@halyard/provider-local/engine';
import type { EventExporter } from '../ports/event-exporter.ts';
import { flagSetsRule, secretsRule } from './key-rules.ts';

/** Where flags are: a path of a .yaml, .yml, .json or .toml file, definitions (flag key → definition), or a source. */
export type FlagSource = string | Readonly<Record<string, unknown>> | Source;

/** Where events go: the logger, a file of JSON lines, or an exporter of your own. */
export type ExporterChoice = 'log' | (string & {}) | EventExporter;

/** Flags for some of the keys. */
export interface FlagSetOptions {
  readonly name: string;
  /** The keys that choose this set; at least one, and none that another set has. */
  readonly apiKeys: readonly string[];
  readonly source: FlagSource;
  /** That of the relay by default. */
  readonly exporter?: ExporterChoice;
  /** That of the relay by default. */
  readonly contextEnrichment?: Readonly<Record<string, unknown>>;
}

/** The options of {@link createRelay}; each has a default. Durations are in milliseconds. */
export interface RelayOptions {
  /** As of `LocalProvider`: by default the file that `HALYARD_FLAGS` names, else ./flags.{yaml,yml,json,toml}. */
  readonly source?: FlagSource;
  /** Sets of flags, chosen by key; instead of `source`. */
  readonly flagSets?: readonly FlagSetOptions[];
  /** Default 1031. 0: any free port, which `relay.port` tells. */
  readonly port?: number;
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string;
  /** Keys that may evaluate. Without any, here or in flag sets, everybody may. */
  readonly apiKeys?: readonly string[];
  /** Keys that may also have the flags loaded anew. Without any, nobody may. */
  readonly adminKeys?: readonly string[];
  /** Attributes merged over every context, as GO Feature Flag's `evaluationContextEnrichment`. Default `{}`. */
  readonly contextEnrichment?: Readonly<Record<string, unknown>>;
  /** Where events of evaluations and tracking calls go. Default: nowhere. */
  readonly exporter?: ExporterChoice;
  /** How long events wait for company before they are exported. Default 1,000. */
  readonly flushIntervalMs?: number;
  /** How often to look for changes beside watching. Default: the source's own, 5,000 for files. 0: never. */
  readonly pollIntervalMs?: number;
  /** The largest body of a request that is read. Default 1 MiB; a body that large takes its toll on all other requests. */
  readonly maxBodyBytes?: number;
  /** All headers of a request together. Default 1 MiB. */
  readonly maxHeaderBytes?: number;
  /** Connections at a time, streams included; more are refused. Default 10,000. */
  readonly maxConnections?: number;
  /** How long a request may take to arrive, and its client may pause in taking the answer. Default 30,000. */
  readonly requestTimeoutMs?: number;
  /** How long `close` waits for requests under way. Default 5,000. */
  readonly shutdownTimeoutMs?: number;
  /** What the header `X-GOFEATUREFLAG-VERSION` says. Default `localdev`; false leaves it out. */
  readonly version?: string | false;
  /** Where messages go. Default: pino on standard error, at `info`. */
  readonly logger?: Logger;
  /** Whether the default logger logs at `debug`. Default false. */
  readonly debug?: boolean;
}

const LARGEST_PORT = 65_535;
const HEADER_TEXT = /^[\x20-\x7e]+$/;

const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

function aSize(least: number, most: number): OptionRule {
  return optionRules.ruleOf(`a whole number from ${least} to ${most}`, (value) => isWhole(value, least, most));
}

const anExporter: OptionRule = optionRules.ruleOf(
  '"log", the path of a file, or an object with the method export',
  (value) => {
    if (typeof value === 'string') return value !== '';
    return typeof value === 'object' && value !== null && typeof (value as EventExporter).export === 'function';
  },
);

const aVersion: OptionRule = optionRules.ruleOf(
  'a text that can stand in a header, or false',
  (value) => value === false || (typeof value === 'string' && HEADER_TEXT.test(value)),
);

const { source, contextEnrichment } = localProviderRules;

const flagSetRules: Readonly<Record<keyof FlagSetOptions, OptionRule>> = {
  name: optionRules.aText,
  apiKeys: secretsRule(1),
  source,
  exporter: anExporter,
  contextEnrichment,
};

const sizes = {
  maxBodyBytes: aSize(0, 2 ** 30),
  maxHeaderBytes: aSize(1_024, 2 ** 24),
  maxConnections: aSize(1, 2 ** 20),
};

/** What each option must be; some depend on others that are given. */
export function relayRules(given: RelayOptions): Readonly<Record<keyof RelayOptions, OptionRule>> {
  return {
    source,
    flagSets: flagSetsRule(flagSetRules, given?.source !== undefined),
    port: aSize(0, LARGEST_PORT),
    host: optionRules.aText,
    apiKeys: secretsRule(0),
    adminKeys: secretsRule(0),
    contextEnrichment,
    exporter: anExporter,
    flushIntervalMs: optionRules.aDuration(0),
    pollIntervalMs: optionRules.aDuration(0),
    ...sizes,
    requestTimeoutMs: optionRules.aDuration(1),
    shutdownTimeoutMs: optionRules.aDuration(0),
    version: aVersion,
    logger: optionRules.aLogger,
    debug: optionRules.aBoolean,
  };
}
