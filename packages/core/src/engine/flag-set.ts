import { ContextFault, checkContext } from '../context/check-context.ts';
import type { EvaluationContext } from '../context/evaluation-context.ts';
import { messageOf } from '../errors/halyard-error.ts';
import type { Decision, Dialect } from '../dialects/dialect.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TraceStep } from '../resolution/explanation.ts';
import type { Outcome } from '../resolution/outcome.ts';
import { describeValue } from '../options/describe-value.ts';
import { errorOutcome } from '../resolution/outcome.ts';
import type { FlagMetadata } from '../resolution/resolution.ts';
import type { Instant } from '../time/instant.ts';
import type { FlagEntry } from './flag-entry.ts';

/** A diagnostic about one flag of a set. */
export interface FlagDiagnostic extends Diagnostic {
  readonly flag: string;
}

/** An immutable, versioned set of flags: what one document, or several merged, define. */
export class FlagSet {
  /** The source's name for this state of the flags. */
  readonly version: string;
  readonly #entries: ReadonlyMap<string, FlagEntry>;
  /** The dialect of the documents. */
  readonly dialect: Dialect;
  readonly #metadata: FlagMetadata | undefined;

  /** @param metadata goes with the answer for a flag that is not there */
  constructor(version: string, entries: ReadonlyMap<string, FlagEntry>, dialect: Dialect, metadata?: FlagMetadata) {
    this.version = version;
    this.#entries = entries;
    this.dialect = dialect;
    this.#metadata = metadata;
  }

  /** How many flags are defined, refused ones included. */
  get size(): number {
    return this.#entries.size;
  }

  entry(key: string): FlagEntry | undefined {
    return this.#entries.get(key);
  }

  entries(): IterableIterator<FlagEntry> {
    return this.#entries.values();
  }

  /** The keys of the flags that can be evaluated. Reads every flag. */
  keys(): string[] {
    return [...this.#entries.values()].filter(({ decision }) => decision !== undefined).map(({ key }) => key);
  }

  /**
   * Evaluates one flag. Never throws. Flags whose answer cannot depend on the context do not look at it.
   *
   * @param now pins the time; the clock's time by default
   */
  evaluate(key: string, context: EvaluationContext, now?: Instant): Outcome {
    const decision = this.#entries.get(key)?.decision;
    if (decision === undefined) return this.missing(key);
    if (typeof decision !== 'function') return decision;
    const checked = checkContext(context);
    return checked instanceof ContextFault ? this.#invalid(checked) : decided(decision, checked, now);
  }

  /** Evaluates one flag for a context that `checkContext` let pass. Never throws. */
  decide(key: string, checked: EvaluationContext): Outcome {
    const decision = this.#entries.get(key)?.decision;
    return decision === undefined ? this.missing(key) : decided(decision, checked, undefined);
  }

  /** Evaluates all flags, or those that the context asks for, in the order of the document. */
  evaluateAll(context: EvaluationContext, now?: Instant): Map<string, Outcome> {
    const outcomes = new Map<string, Outcome>();
    const checked = checkContext(context);
    if (checked instanceof ContextFault) {
      const invalid = this.#invalid(checked);
      for (const key of this.keys()) outcomes.set(key, invalid);
      return outcomes;
    }
    for (const entry of this.#selected(checked)) {
      const { decision } = entry;
      if (decision !== undefined) outcomes.set(entry.key, decided(decision, checked, now));
    }
    return outcomes;
  }

  /** How the answer for a context comes about; empty where no flag is evaluated. */
  explain(key: string, context: EvaluationContext, now: Instant): readonly TraceStep[] {
    const checked = checkContext(context);
    const entry = this.#entries.get(key);
    if (entry?.decision === undefined || checked instanceof ContextFault) return [];
    return safely(() => entry.explain(checked, now), []);
  }

  /** What is wrong with the flags, and what is odd about them. Reads every flag. */
  diagnostics(): FlagDiagnostic[] {
    return [...this.#entries.values()].flatMap(({ key, diagnostics }) =>
      diagnostics.map((diagnostic) => ({ ...diagnostic, flag: key })),
    );
  }

  /** The answer for a flag that is not there, or not among those that were asked for. */
  missing(key: string): Outcome {
    return errorOutcome('FLAG_NOT_FOUND', `flag ${describeValue(key)} was not found`, this.#metadata);
  }

  #invalid(fault: ContextFault): Outcome {
    return errorOutcome('INVALID_CONTEXT', fault.message, this.#metadata);
  }

  /** The entries that a context asks for: those it lists, else all. */
  #selected(checked: EvaluationContext): Iterable<FlagEntry> {
    const wanted = safely(() => this.dialect.selection(checked), undefined);
    if (wanted === undefined) return this.#entries.values();
    return wanted.flatMap((key) => this.#entries.get(key) ?? []);
  }
}

/** Contexts may have getters that throw when they are read once more. */
function safely<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

function decided(decision: Decision, context: EvaluationContext, now: Instant | undefined): Outcome {
  if (typeof decision !== 'function') return decision;
  try {
    return decision(context, now);
  } catch (error) {
    return errorOutcome('GENERAL', `evaluation failed: ${messageOf(error)}`);
  }
}
