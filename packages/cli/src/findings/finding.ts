import type { Diagnostic, DocumentFault, DocumentPath, HalyardError, Place, Position } from '@halyard/core';
import type { Oddity } from '@halyard/provider-local/engine';
import { commandWords } from './command-words.ts';

/** Something that is wrong with a file of flags, or odd about it. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Stable, for programs. */
  readonly code: string;
  readonly message: string;
  readonly file: string;
  /** From 1; absent where no place is known. */
  readonly line?: number;
  readonly column?: number;
  /** From the top of the document; empty for what concerns it all. */
  readonly path: DocumentPath;
}

type Locate = (place: Place) => Position | undefined;

/** What a document holds at a place, as a finding. */
export function findingAt(file: string, locate: Locate, diagnostic: Diagnostic): Finding {
  const { severity, code, message, path } = diagnostic;
  return { severity, code, message, file, ...locate(diagnostic), path };
}

/** What is odd about a text, as a finding. */
export function findingOf(file: string, { position, ...oddity }: Oddity): Finding {
  return findingAt(file, () => position, oddity);
}

/** What errors about documents know. */
interface RefusalDetails extends Partial<Position> {
  readonly faults?: readonly DocumentFault[];
  /** What was odd beside the faults. */
  readonly warnings?: readonly Diagnostic[];
}

/**
 * What an error says about a file.
 *
 * @param locate for what was decoded and then refused
 */
export function findingsOf(file: string, error: HalyardError, locate: Locate | undefined): readonly Finding[] {
  const { faults, warnings = [], line, column } = error.details as RefusalDetails;
  if (faults !== undefined && locate !== undefined) {
    const refusals = faults.map(({ path, found, expected }): Diagnostic => {
      return { severity: 'error', code: 'document-refused', message: `found ${found}, expected ${expected}`, path };
    });
    return [...refusals, ...warnings].map((diagnostic) => findingAt(file, locate, diagnostic));
  }
  const position = line === undefined || column === undefined ? undefined : { line, column };
  const code = error.code === 'SOURCE_INVALID' ? 'document-invalid' : 'file-unreadable';
  return [{ severity: 'error', code, message: withoutPlace(commandWords(error), file), file, ...position, path: [] }];
}

/** Errors begin with the place where they stand by themselves. */
function withoutPlace(message: string, file: string): string {
  if (!message.startsWith(`${file}:`)) return message.startsWith(`${file} `) ? message.slice(file.length + 1) : message;
  return message.slice(file.length + 1).replace(/^(?:\d+:\d+:)?\s*/, '');
}

/** Puts the findings of one file in the order of the text; what has no place comes first. */
export function byPlace(findings: readonly Finding[]): readonly Finding[] {
  const order = (left: Finding, right: Finding): number =>
    (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
  return findings.toSorted(order);
}
