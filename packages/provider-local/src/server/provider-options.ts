import type { Logger, OptionFault, OptionRule } from '@halyard/core';
import { describeValue, optionRules } from '@halyard/core';
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

const aSource: OptionRule = {
  expected: 'a path of a .yaml, .yml, .json or .toml file, definitions, or a source',
  check(value: unknown, path: string, report: (fault: OptionFault) => void) {
    const fits =
      typeof value === 'string'
        ? formatOf(value) !== undefined && !/^[a-z]+:\/\//i.test(value)
        : isSource(value) || optionRules.isPlainObject(value);
    if (!fits) report({ path, found: describeValue(value), expected: aSource.expected });
  },
};

const attributes: OptionRule = optionRules.ruleOf('an object of attributes', optionRules.isPlainObject);

/** What each option must be. */
export const localProviderRules: Readonly<Record<keyof LocalProviderOptions, OptionRule>> = {
  source: aSource,
  pollIntervalMs: optionRules.aDuration(0),
  initTimeoutMs: optionRules.aDuration(1),
  onInitFailure: optionRules.oneOf('serve', 'fail'),
  staleAfterMs: optionRules.aDuration(0),
  contextEnrichment: attributes,
  logger: optionRules.aLogger,
  debug: optionRules.aBoolean,
};
