import type { DocumentPath, EvaluationContext, FlagSet, Outcome } from '@halyard/core';
import { instantOfMillis, isHalyardError, sameJson } from '@halyard/core';
import type { ConvertRequest } from '../arguments/invocation.ts';
import { documentText } from '../conversion/document-text.ts';
import type { Reservations } from '../conversion/refusal.ts';
import type { DecodedFlags } from './flag-file.ts';
import { arrangeFlags, decodeFlags } from './flag-file.ts';

/** Contexts that both documents are asked about. */
const SAMPLES = 50;
const now = instantOfMillis(0);

/** What was asked, and the format that it comes to. */
type Terms = ConvertRequest & { readonly format: 'yaml' | 'json' };

/**
 * Reads what was written, as any program would, and refuses what is not read or answers differently. Nothing is known
 * to come this far; whoever relies on the new file should not be the first to find out.
 */
export async function refuseOtherAnswers(
  decoded: DecodedFlags,
  document: Readonly<Record<string, unknown>>,
  request: Terms,
  reservations: Reservations,
): Promise<void> {
  const { to, format, ruleset } = request;
  const before = arrangeFlags(decoded, to === 'goff' ? ruleset : undefined).set;
  const after = await setOf(documentText(document, format), request, reservations);
  if (after === undefined) return;
  for (const { flag, message, severity } of after.diagnostics()) {
    if (severity === 'error') reservations.refuse(placeOf(before, flag), `would be refused: ${message}`);
  }
  for (const { key } of before.entries()) {
    const differs = contexts().some(
      (context) => !areAlike(before.evaluate(key, context, now), after.evaluate(key, context, now), request),
    );
    if (differs && after.entry(key)?.decision !== undefined) {
      reservations.refuse(placeOf(before, key), 'would answer differently');
    }
  }
}

async function setOf(text: string, { to, format }: Terms, reservations: Reservations): Promise<FlagSet | undefined> {
  try {
    return arrangeFlags(await decodeFlags([{ origin: 'the new document', format, text }], to), undefined).set;
  } catch (error) {
    if (!isHalyardError(error)) throw error;
    reservations.refuse([], `the new document would be refused: ${error.message}`);
    return undefined;
  }
}

function placeOf(before: FlagSet, key: string): DocumentPath {
  if (before.dialect.name !== 'ruleset') return [key];
  const definition = before.entry(key)?.definition as { readonly ruleset: string } | undefined;
  return definition === undefined ? [] : [definition.ruleset, 'features', key];
}

function contexts(): readonly EvaluationContext[] {
  const users = Array.from({ length: SAMPLES }, (_, index) => ({ targetingKey: `user-${index}` }));
  return [{}, ...users];
}

/** Whether value, kinds of request, error code and variant are the same. */
function areAlike(left: Outcome, right: Outcome, { renameVariants }: ConvertRequest): boolean {
  const isError = left.kind === 'default' || right.kind === 'default';
  if (left.kind !== right.kind || left.other?.kind !== right.other?.kind) return false;
  if (left.resolution.errorCode !== right.resolution.errorCode) return false;
  const isNamedAlike = renameVariants || isError || left.resolution.variant === right.resolution.variant;
  return isNamedAlike && sameJson(left.resolution.value, right.resolution.value);
}
