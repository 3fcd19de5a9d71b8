import type {
  ArrangedFlags,
  ControlBoard,
  Diagnostic,
  DocumentPath,
  FlagChange,
  FlagControls,
  FlagSet,
  Position,
} from '@halyard/core';
import { describeValue, HalyardError, nextFlagSet, withPlaces } from '@halyard/core';
import type { DecodedDocument } from '../documents/decoded-document.ts';
import type { DialectChoice, ReadDocuments } from '../documents/read-documents.ts';
import { documentOf, readDocuments } from '../documents/read-documents.ts';
import type { Pause } from '../ports/pause.ts';
import type { LoadedFlags } from '../sources/source.ts';

/** Something to know about a flag, with its place. */
export interface LocatedDiagnostic extends Diagnostic {
  /** Its key; empty for what concerns no flag in particular. */
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
  /** What can be controlled at run time; absent where nothing can. */
  readonly board?: ControlBoard;
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

/** What a new set is made with. */
export interface SetParts extends Omit<DialectChoice, 'inForce'> {
  /** The set in force. */
  readonly previous: FlagSet | undefined;
  /** Whether the documents must be of the dialect of the set in force. */
  readonly isPinned: boolean;
  readonly controls: FlagControls;
  readonly pause: Pause;
}

/**
 * Decodes what a source has and makes the next set of flags of it.
 *
 * @throws HalyardError `SOURCE_INVALID` if a document cannot be decoded, or is refused as a whole
 */
export async function buildSet(loaded: LoadedFlags, parts: SetParts): Promise<BuiltSet> {
  const { previous, isPinned, controls, candidates, unwanted, pause } = parts;
  // reading, decoding and comparing are each long enough for one turn of the event loop
  const between = previous === undefined ? async (): Promise<void> => undefined : pause;
  const read = await readDocuments(
    loaded.documents,
    { candidates, unwanted, inForce: isPinned ? previous?.dialect : undefined },
    between,
  );
  if (loaded.builtIn !== true) refuseShortForm(read);
  const arranged = await arrangedFrom(read, controls, between);
  const next = await withPauses(nextFlagSet(previous, loaded.version, arranged, read.dialect), pause);
  const { board, diagnostics } = arranged;
  const located = (): LocatedDiagnostic[] => locatedDiagnostics(next.set, diagnostics, read.documents);
  return { ...next, ...(board !== undefined && { board }), diagnostics: located };
}

/** An error page, or a file that is half written, looks like it too. */
function refuseShortForm({ dialect, members, documents }: ReadDocuments): void {
  if (dialect.isShortForm?.(members) !== true) return;
  const origins = documents.map(({ origin }) => origin).join(' + ');
  const [name = ''] = members.keys();
  const found = describeValue(members.get(name)?.definition);
  const message = `${origins}: ${JSON.stringify(name)}: found ${found}, expected a ruleset; single values are for definitions in a program`;
  throw new HalyardError('SOURCE_INVALID', message);
}

/** The flags of the same documents under other controls, at once. */
export function rearranged(
  previous: FlagSet,
  board: ControlBoard,
  controls: FlagControls,
): Pick<BuiltSet, 'set' | 'changes' | 'board'> {
  const arranged = board.arrange(controls);
  const work = nextFlagSet(previous, previous.version, arranged, previous.dialect);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return { ...value, ...(arranged.board !== undefined && { board: arranged.board }) };
  }
}

/** What the dialect makes of documents; if it refuses them, the error tells where in which document. */
async function arrangedFrom(
  { dialect, members, documents }: ReadDocuments,
  controls: FlagControls,
  pause: Pause,
): Promise<ArrangedFlags> {
  try {
    const work = dialect.arranging?.(members, controls);
    return work === undefined ? dialect.arrange(members, controls) : await withPauses(work, pause);
  } catch (error) {
    const locate = placesIn(documents);
    throw withPlaces(error, (path) => {
      const { origin, position } = locate({ path });
      return position === undefined ? origin : `${origin}:${position.line}:${position.column}`;
    });
  }
}

/** So many diagnostics are given their place; whoever has more has other worries. */
const MOST_LOCATED = 1_000;

function locatedDiagnostics(
  set: FlagSet,
  ofDocuments: readonly Diagnostic[],
  documents: readonly DecodedDocument[],
): LocatedDiagnostic[] {
  const locate = placesIn(documents);
  const ofFlags = set.diagnostics().map((diagnostic) => ({
    ...diagnostic,
    path: [diagnostic.flag, ...diagnostic.path],
  }));
  const all = [...ofDocuments.map((diagnostic) => ({ ...diagnostic, flag: flagIn(set, diagnostic.path) })), ...ofFlags];
  return all.map((diagnostic, index) => ({ ...diagnostic, ...locate(diagnostic, index < MOST_LOCATED) }));
}

/** The flag that a path from the top of a document leads into: the first name in it that is one. */
function flagIn(set: FlagSet, path: DocumentPath): string {
  const key = path.slice(1).find((step): step is string => typeof step === 'string' && set.entry(step) !== undefined);
  return key ?? '';
}

type Locate = (
  place: Pick<Diagnostic, 'path' | 'offset'>,
  isWanted?: boolean,
) => { readonly origin: string; readonly position?: Position };

/** Finds places in the texts of documents; each text is made ready once. */
function placesIn(documents: readonly DecodedDocument[]): Locate {
  const locators = new Map<DecodedDocument, ReturnType<DecodedDocument['locator']>>();
  return (place, isWanted = true) => {
    const document = documentOf(documents, place.path);
    if (document === undefined) return { origin: 'no document' };
    const { origin } = document;
    if (!isWanted) return { origin };
    const locate = locators.get(document) ?? document.locator();
    locators.set(document, locate);
    const position = locate(place);
    return { origin, ...(position !== undefined && { position }) };
  };
}
