import type { Decision, FlagDefinition, FlagReader, PropertyNaming, ReadFlag } from '../dialects/dialect.ts';
import type { EvaluationContext } from '../context/evaluation-context.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { messageOf } from '../errors/halyard-error.ts';
import type { TraceStep } from '../resolution/explanation.ts';
import type { Instant } from '../time/instant.ts';
import { sameJson } from './same-json.ts';

const noDiagnostics: readonly Diagnostic[] = Object.freeze([]);

/** One flag of a set. Validated and compiled when it is first asked for; lives on while its definition is the same. */
export class FlagEntry implements FlagDefinition {
  readonly key: string;
  readonly definition: unknown;
  readonly naming: PropertyNaming;
  readonly #reader: FlagReader;
  #read: ReadFlag | undefined;

  constructor(key: string, { definition, naming }: FlagDefinition, reader: FlagReader) {
    this.key = key;
    this.definition = definition;
    this.naming = naming;
    this.#reader = reader;
  }

  /** How the flag is decided; undefined if it is refused. */
  get decision(): Decision | undefined {
    return (this.#read ?? this.#readNow()).decision;
  }

  /** What is wrong with the flag, and what is odd about it. Paths start at the flag. */
  get diagnostics(): readonly Diagnostic[] {
    return (this.#read ?? this.#readNow()).diagnostics;
  }

  isDefinedBy({ definition, naming }: FlagDefinition): boolean {
    return this.naming === naming && sameJson(this.definition, definition);
  }

  /** How the answer for a checked context comes about. */
  explain(context: EvaluationContext, now: Instant): readonly TraceStep[] {
    return this.#reader.explain(this.key, this, context, now);
  }

  #readNow(): ReadFlag {
    const { decision, diagnostics } = this.#readSafely();
    this.#read = { decision, diagnostics: diagnostics.length === 0 ? noDiagnostics : diagnostics };
    return this.#read;
  }

  /** Whatever a definition does to its reader costs this flag and nothing else. */
  #readSafely(): ReadFlag {
    try {
      return this.#reader.read(this.key, this);
    } catch (error) {
      const message = `the flag cannot be read: ${messageOf(error)}`;
      return { decision: undefined, diagnostics: [{ severity: 'error', code: 'flag-unreadable', message, path: [] }] };
    }
  }
}
