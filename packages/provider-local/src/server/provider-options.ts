import type { Logger, OptionRule } from '@halyard/core';
import type { CollectLimits, ExporterMetadata, UsageExporter } from '@halyard/hooks';
import { checkOptions, invalidOptions, optionRules } from '@halyard/core';
import { anExporter, collectRules } from '@halyard/hooks';
import { jsonCopy } from '../documents/json-copy.ts';
import type { Source } from '../sources/source.ts';
import { formatOf } from '../sources/document-format.ts';
import { anHttpAddress, looksLikeAnAddress } from '../sources/http/http-target.ts';

/** The options of a {@link LocalProvider}; each has a default. Durations are in milliseconds. */
export interface LocalProviderOptions {
  /**
   * Where the flags are: a path of a .yaml, .yml, .json or .toml file, an http or https address, definitions (flag
   * key → definition), or a source. By default what `HALYARD_FLAGS` names, a path or an address, else the first of
   * flags.yaml, flags.yml, flags.json and flags.toml in the working directory.
   */
  readonly source?: string | Readonly<Record<string, unknown>> | Source;
  /** How the flags are written: GO Feature Flag's flags, or rulesets. Default: by the document's shape. */
  readonly dialect?: 'goff' | 'ruleset';
  /** The active ruleset of a document of rulesets. Default: the only one in it. */
  readonly ruleset?: string;
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

const aSourceOrPath: OptionRule = optionRules.ruleOf(
  'a path of a .yaml, .yml, .json or .toml file, an address, definitions, or a source with load and describe',
  (value) => (typeof value === 'string' ? formatOf(value) !== undefined : isSource(value) || isDefinitions(value)),
);

const aSource: OptionRule = {
  expected: aSourceOrPath.expected,
  check(value, path, report) {
    const isAddress = typeof value === 'string' && looksLikeAnAddress(value);
    (isAddress ? anHttpAddress : aSourceOrPath).check(value, path, report);
  },
};

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
  dialect: optionRules.oneOf('goff', 'ruleset'),
  ruleset: optionRules.aText,
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

/** @throws HalyardError `CONFIG_INVALID` with every fault of the options */
export function checkLocalOptions(options: LocalProviderOptions): void {
  checkOptions('LocalProvider', options, localProviderRules);
  if (options.dialect !== 'goff' || options.ruleset === undefined) return;
  const expected = 'nothing, as the dialect "goff" has no rulesets';
  throw invalidOptions('LocalProvider', [{ path: 'ruleset', found: JSON.stringify(options.ruleset), expected }]);
}
