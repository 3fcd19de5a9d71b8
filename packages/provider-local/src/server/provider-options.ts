import type { Logger, OptionRule } from '@halyard/core';
import type { CollectLimits, ExporterMetadata, UsageExporter } from '@halyard/hooks';
import { optionRules } from '@halyard/core';
import { anExporter, collectRules } from '@halyard/hooks';
import { jsonCopy } from '../documents/json-copy.ts';
import type { Source } from '../sources/source.ts';
import { formatOf } from '../sources/document-format.ts';

/** The options of a {@link LocalProvider}; each has a default. Durations are in milliseconds. */
export interface LocalProviderOptions {
  /**
   * Where the flags are: a path of a .yaml, .yml, .json or .toml file, definitions (flag key → definition), or a
   * source. By default the file that `HALYARD_FLAGS` names, else the first of flags.yaml, flags.yml, flags.json and
   * flags.toml in the working directory.
   */
  readonly source?: string | Readonly<Record<string, unknown>> | Source;
  /** How often to look for changes beside watching. Default: the source's own, 5,000 for files. 0: never. */
  readonly pollIntervalMs?: number;
  /** How long `initialize` waits for the first flags. Default 5,000. */
  readonly initTimeoutMs?: number;
  /** After a failed start: go on trying and recover (`'serve'`, default), or give up for good (`'fail'`). */
  readonly onInitFailure?: 'serve' | 'fail';
  /** How long the source may fail before the provider is STALE. Default 30,000. Evaluation goes on regardless. */
  readonly staleAfterMs?: number;
  /** Attributes merged over every context, as GO Feature Flag's `evaluationContextEnrichment`. Default `{}`. */
  readonly contextEnrichment?: Readonly<Record<string, unknown>>;
  /** Whom to tell of evaluations and tracking calls, and how often. Default false: nobody. */
  readonly collect?: false | (CollectLimits & { readonly exporter: UsageExporter });
  /** Goes with everything that is told to the exporter, as in `{ app: 'shop' }`. Default `{}`. */
  readonly exporterMetadata?: ExporterMetadata;
  /** Where messages go. Default: pino on standard error, at `info`. */
  readonly logger?: Logger;
  /** Whether the default logger logs at `debug`. Default false. */
  readonly debug?: boolean;
}

const sourceMethods = ['load', 'describe'];

/** Whether a value implements {@link Source}; a flag may be called `load`, but it is no function. */
export function isSource(value: unknown): value is Source {
  if (typeof value !== 'object' || value === null) return false;
  return sourceMethods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');
}

/** Definitions hold no functions; an object that does is a source that lacks something. */
function isDefinitions(value: unknown): boolean {
  return optionRules.isPlainObject(value) && !Object.values(value).some((inner) => typeof inner === 'function');
}

const isFlagFile = (value: string): boolean => formatOf(value) !== undefined && !/^[a-z]+:\/\//i.test(value);

const aSource: OptionRule = optionRules.ruleOf(
  'a path of a .yaml, .yml, .json or .toml file, definitions, or a source with load and describe',
  (value) => (typeof value === 'string' ? isFlagFile(value) : isSource(value) || isDefinitions(value)),
);

/** Attributes as JSON has them; undefined if they are none. */
export function attributesFrom(value: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const copy = optionRules.isPlainObject(value) ? jsonCopy(value) : undefined;
    return optionRules.isPlainObject(copy) ? copy : undefined;
  } catch {
    return undefined;
  }
}

const attributes: OptionRule = optionRules.ruleOf(
  'an object of attributes that can be written as JSON',
  (value) => attributesFrom(value) !== undefined,
);

/** What each option must be. */
export const localProviderRules: Readonly<Record<keyof LocalProviderOptions, OptionRule>> = {
  source: aSource,
  pollIntervalMs: optionRules.aDuration(0),
  initTimeoutMs: optionRules.aDuration(1),
  onInitFailure: optionRules.oneOf('serve', 'fail'),
  staleAfterMs: optionRules.aDuration(0),
  contextEnrichment: attributes,
  collect: optionRules.anyOf(
    'false, or an object with an exporter',
    (value) => value === false,
    optionRules.anObjectOf({ ...collectRules, exporter: optionRules.required(anExporter) }),
  ),
  exporterMetadata: optionRules.someMetadata,
  logger: optionRules.aLogger,
  debug: optionRules.aBoolean,
};
