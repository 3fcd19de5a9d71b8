import type { Diagnostic, Dialect, FlagChange, FlagDefinition, FlagSet, Position } from '@halyard/core';
import { nextFlagSet } from '@halyard/core';
import { decodeDocument } from '../documents/decode-document.ts';
import type { DecodedDocument } from '../documents/decoded-document.ts';
import type { Pause } from '../ports/pause.ts';
import type { LoadedFlags } from '../sources/source.ts';

/** Something to know about a flag, with its place. */
export interface LocatedDiagnostic extends Diagnostic {
  readonly flag: string;
  /** The document that defines the flag. */
  readonly origin: string;
  /** Where in its text; absent for definitions that have no text. */
  readonly position?: Position;
}

/** A set of flags together with the documents it came from. */
export interface BuiltSet {
  readonly set: FlagSet;
  readonly changes: readonly FlagChange[];
  /** Everything there is to know about the flags. Reads every flag. */
  diagnostics(): LocatedDiagnostic[];
}

/** Runs a generator to its end with a pause at each yield. */
async function withPauses<T>(work: Generator<void, T>, pause: Pause): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await pause();
  }
}

/**
 * Decodes what a source has and makes the next set of flags of it.
 *
 * @throws HalyardError `SOURCE_INVALID` if a document cannot be decoded
 */
export async function buildSet(
  loaded: LoadedFlags,
  previous: FlagSet | undefined,
  dialect: Dialect,
  pause: Pause,
): Promise<BuiltSet> {
  const documents: DecodedDocument[] = [];
  for (const document of loaded.documents) {
    // reading, decoding and comparing are each long enough for one turn of the event loop
    if (previous !== undefined) await pause();
    documents.push(await decodeDocument(document, dialect));
  }
  if (previous !== undefined) await pause();
  const definitions = new Map<string, FlagDefinition>();
  for (const { flags } of documents) for (const [key, flag] of flags) definitions.set(key, flag);
  const next = await withPauses(nextFlagSet(previous, loaded.version, definitions, dialect), pause);
  return { ...next, diagnostics: () => locatedDiagnostics(next.set, documents) };
}

/** So many diagnostics are given their place; whoever has more has other worries. */
const MOST_LOCATED = 1_000;

function locatedDiagnostics(set: FlagSet, documents: readonly DecodedDocument[]): LocatedDiagnostic[] {
  const locators = new Map<DecodedDocument, ReturnType<DecodedDocument['locator']>>();
  return set.diagnostics().map((diagnostic, index) => {
    const document = documents.findLast(({ flags }) => flags.has(diagnostic.flag)) as DecodedDocument;
    const place = { ...diagnostic, path: [diagnostic.flag, ...diagnostic.path], origin: document.origin };
    if (index >= MOST_LOCATED) return place;
    const locate = locators.get(document) ?? document.locator();
    locators.set(document, locate);
    const position = locate(place);
    return { ...place, ...(position !== undefined && { position }) };
  });
}
