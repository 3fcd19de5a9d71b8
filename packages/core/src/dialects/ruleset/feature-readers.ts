import type { EvaluationContext } from '../../context/evaluation-context.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { TraceStep } from '../../resolution/explanation.ts';
import type { FlagMetadata } from '../../resolution/resolution.ts';
import type { FlagDefinition, FlagReader, ReadFlag } from '../dialect.ts';
import { baselineOutcome } from './evaluation/answer-maker.ts';
import type { PlacedFeature } from './evaluation/compile-feature.ts';
import { compileFeature } from './evaluation/compile-feature.ts';
import { explainFeature } from './evaluation/explain-feature.ts';

/** The document was judged as a whole; its features have nothing to add. */
const noDiagnostics: readonly Diagnostic[] = Object.freeze([]);

/** Reads one feature. Holds on to the models of the feature and of those it requires, not to the document. */
export class FeatureReader implements FlagReader {
  readonly #placed: PlacedFeature;

  constructor(placed: PlacedFeature) {
    this.#placed = placed;
  }

  read(): ReadFlag {
    return { decision: compileFeature(this.#placed), diagnostics: noDiagnostics };
  }

  explain(_key: string, _definition: FlagDefinition, context: EvaluationContext): readonly TraceStep[] {
    return explainFeature(this.#placed, context);
  }
}

/** Reads what is known only as a baseline (rulesets §3.1). */
export class BaselineReader implements FlagReader {
  readonly #value: unknown;
  readonly #metadata: FlagMetadata;

  constructor(value: unknown, metadata: FlagMetadata) {
    this.#value = value;
    this.#metadata = metadata;
  }

  read(): ReadFlag {
    return { decision: baselineOutcome(this.#value, 'DEFAULT', this.#metadata), diagnostics: noDiagnostics };
  }

  explain(): readonly TraceStep[] {
    return [{ step: 'baseline' }];
  }
}
