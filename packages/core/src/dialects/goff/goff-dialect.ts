import type { EvaluationContext } from '../../context/evaluation-context.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { TraceStep } from '../../resolution/explanation.ts';
import type { Outcome } from '../../resolution/outcome.ts';
import type { Decision, Dialect, FlagDefinition, FlagReader, ReadFlag, Surroundings } from '../dialect.ts';
import { compileFlag } from './evaluation/compile-flag.ts';
import { explainFlag } from './evaluation/explain-flag.ts';
import type { Question } from './evaluation/question.ts';
import type { Workshop } from './evaluation/workshop.ts';
import { workshopIn } from './evaluation/workshop.ts';
import { isGoffShaped } from './goff-shape.ts';
import { readFlag } from './model/read-flag.ts';
import { meaningOf } from './model/scalar-meaning.ts';
import { validateFlag } from './model/validate-flag.ts';

function read(flagKey: string, { definition, naming }: FlagDefinition, workshop: Workshop): ReadFlag {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const model = readFlag(definition, naming, report);
  if (model === undefined) {
    if (diagnostics.length === 0) {
      report({ severity: 'error', code: 'flag-empty', message: 'the flag has no definition', path: [] });
    }
    return { decision: undefined, diagnostics };
  }
  validateFlag(model, workshop.targetings, report);
  const isRefused = diagnostics.some(({ severity }) => severity === 'error');
  if (isRefused) return { decision: undefined, diagnostics };
  const decision = compileFlag(flagKey, model, workshop);
  return { decision: model.trackEvents === false ? untracked(decision) : decision, diagnostics };
}

/** The same answers, kept out of the usage data. */
function untracked(decision: Decision): Decision {
  const cover = (outcome: Outcome): Outcome => ({ ...outcome, trackEvents: false });
  return typeof decision === 'function' ? (context, now) => cover(decision(context, now)) : cover(decision);
}

/** Reads the definition once more: explanations are asked for rarely, and models would weigh on memory for good. */
function explain(flagKey: string, { definition, naming }: FlagDefinition, question: Question): readonly TraceStep[] {
  const model = readFlag(definition, naming, () => undefined);
  return model === undefined ? [] : explainFlag(flagKey, model, question);
}

/** The relay's list of wanted flags: the texts in `gofeatureflag.flagList`; an empty list asks for all. */
function selection(context: EvaluationContext): readonly string[] | undefined {
  const specific: unknown = Object.hasOwn(context, 'gofeatureflag') ? context['gofeatureflag'] : undefined;
  if (typeof specific !== 'object' || specific === null || !Object.hasOwn(specific, 'flagList')) return undefined;
  const list = (specific as Record<string, unknown>)['flagList'];
  const keys = Array.isArray(list) ? list.filter((key) => typeof key === 'string') : [];
  return keys.length === 0 ? undefined : keys;
}

const noDiagnostics: readonly Diagnostic[] = Object.freeze([]);

/**
 * GO Feature Flag's flag files, answered exactly as its relay answers them (goff-evaluation). Every member of a document
 * is a flag, refused alone; nothing can be controlled.
 */
export function goffDialect(surroundings: Surroundings): Dialect & FlagReader {
  const workshop = workshopIn(surroundings);
  const reader: FlagReader = {
    read: (flagKey, definition) => read(flagKey, definition, workshop),
    explain: (flagKey, definition, context, now) => explain(flagKey, definition, { context, now, workshop }),
  };
  return {
    ...reader,
    name: 'goff',
    recognises: isGoffShaped,
    arrange: (flags) => ({ flags, readerOf: () => reader, diagnostics: noDiagnostics }),
    meaningOf,
    selection,
  };
}
