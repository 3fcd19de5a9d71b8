import type { Diagnostic, DocumentPath } from '../diagnostics/diagnostic.ts';
import { HalyardError, isHalyardError } from '../errors/halyard-error.ts';

/** Something for which a whole document is refused. */
export interface DocumentFault {
  readonly path: DocumentPath;
  /** What was there, in a few words. */
  readonly found: string;
  /** What would have been right. */
  readonly expected: string;
  /** Where in which document, as `rulesets.yaml:4:17`, if that is known. */
  readonly place?: string;
}

/** A path as it is written in messages: `production.features.checkout.groups[1]`. */
function pathText(path: DocumentPath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text.startsWith('.') ? text.slice(1) : text;
}

/**
 * The error for documents that are refused, with every fault in its message and as plain data in `details.faults`.
 *
 * @param kind what kind of document it is, for the message: `ruleset`
 * @param warnings what is odd about it beside its faults, for `details.warnings`
 */
export function refusedDocument(
  kind: string,
  faults: readonly DocumentFault[],
  warnings: readonly Diagnostic[] = [],
): HalyardError {
  const lines = faults.map(({ path, found, expected, place }) => {
    const where = [place, pathText(path)].filter((part) => part !== undefined && part !== '').join(': ');
    return `  ${where || 'document'}: found ${found}, expected ${expected}`;
  });
  const message = `the ${kind} document is refused\n${lines.join('\n')}`;
  return new HalyardError('SOURCE_INVALID', message, { details: { kind, faults, warnings } });
}

/** The error of {@link refusedDocument} once more, with the places of its faults; any other error as it is. */
export function withPlaces(error: unknown, placeOf: (path: DocumentPath) => string | undefined): unknown {
  if (!isHalyardError(error)) return error;
  const { kind, faults, warnings } = error.details as {
    kind?: string;
    faults?: readonly DocumentFault[];
    warnings?: readonly Diagnostic[];
  };
  if (error.code !== 'SOURCE_INVALID' || kind === undefined || faults === undefined) return error;
  const placed = faults.map((fault) => {
    const place = placeOf(fault.path);
    return { ...fault, ...(place !== undefined && { place }) };
  });
  return refusedDocument(kind, placed, warnings);
}
