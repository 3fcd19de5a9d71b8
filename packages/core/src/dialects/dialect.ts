import type { EvaluationContext } from '../context/evaluation-context.ts';
import type { Diagnostic, DocumentPath } from '../diagnostics/diagnostic.ts';
import type { TraceStep } from '../resolution/explanation.ts';
import type { Outcome } from '../resolution/outcome.ts';
import type { Instant } from '../time/instant.ts';

/** What an outcome depends on besides the flag. */
export interface Surroundings {
  /** Merged over every context. */
  readonly enrichment: Readonly<Record<string, unknown>>;
  /** Whether whole numbers at its top level are integers, as in a relay's own configuration. False by default. */
  readonly enrichmentHasIntegers?: boolean;
  readonly now: () => Instant;
}

/** Decides for a checked context. `now` pins the time; without it the clock is asked, if time matters. */
export type Decide = (context: EvaluationContext, now: Instant | undefined) => Outcome;

/** How a flag is decided: a plain outcome where the answer cannot depend on context or time. */
export type Decision = Outcome | Decide;

/** A definition as read. */
export interface ReadFlag {
  /** Undefined if the flag is refused, and then at least one diagnostic is an error. */
  readonly decision: Decision | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A flag as its document gives it. */
export interface FlagDefinition {
  readonly definition: unknown;
  readonly naming: PropertyNaming;
}

/** How the property names of a definition match: in JSON and TOML files without regard to case. */
export type PropertyNaming = 'exact' | 'any-case';

/** What a plain YAML scalar is meant as, where its looks do not decide: `True` may be a name, `no` a switch. */
export type ScalarMeaning = 'text' | 'switch' | 'date' | 'by looks';

/** A way to write flags down, ready to read them in certain surroundings. */
export interface Dialect {
  readonly name: string;
  /** Validates and compiles one flag. Never throws. */
  read(flagKey: string, definition: FlagDefinition): ReadFlag;
  /** How the answer for a checked context comes about, step by step. For a flag that was not refused. */
  explain(flagKey: string, definition: FlagDefinition, context: EvaluationContext, now: Instant): readonly TraceStep[];
  /** @param path of a value, starting at its flag */
  meaningOf(path: DocumentPath): ScalarMeaning;
  /** The flags a context asks for when all are evaluated at once; undefined for all of them. */
  selection(context: EvaluationContext): readonly string[] | undefined;
}
