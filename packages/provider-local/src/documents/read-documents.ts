import type { Dialect, DocumentMembers, DocumentPath, FlagDefinition } from '@halyard/core';
import { dialectOf, HalyardError } from '@halyard/core';
import type { FlagDocument } from '../sources/source.ts';
import { decodeDocument } from './decode-document.ts';
import type { DecodedDocument } from './decoded-document.ts';

/** Which dialects documents may be in. */
export interface DialectChoice {
  readonly candidates: readonly [Dialect, ...Dialect[]];
  /** The dialect of the flags in force. */
  readonly inForce: Dialect | undefined;
  /** Dialects that documents may not be in, to know them by; none by default. */
  readonly unwanted?: readonly Dialect[] | undefined;
}

/** Documents with their members as one, and their dialect. */
export interface ReadDocuments {
  readonly documents: readonly DecodedDocument[];
  readonly members: DocumentMembers;
  readonly dialect: Dialect;
}

/**
 * Decodes documents and finds out which dialect they are in. YAML scalars are read as the likeliest dialect means them,
 * and once more in case it is another one: the shape does not depend on them.
 *
 * @param pause lets others work between two documents
 * @throws HalyardError `SOURCE_INVALID` if one cannot be decoded, or the dialect is not clear
 */
export async function readDocuments(
  given: readonly FlagDocument[],
  { candidates, inForce, unwanted = [] }: DialectChoice,
  pause: () => Promise<void>,
): Promise<ReadDocuments> {
  const likeliest = candidates.find(({ name }) => name === inForce?.name) ?? candidates[0];
  const decode = async (dialect: Dialect): Promise<DecodedDocument[]> => {
    const documents: DecodedDocument[] = [];
    for (const document of given) {
      await pause();
      documents.push(await decodeDocument(document, dialect));
    }
    return documents;
  };
  const documents = await decode(likeliest);
  await pause();
  const members = membersOf(documents);
  const origins = given.map(({ origin }) => origin).join(' + ');
  const dialect = dialectOf(members, candidates, inForce, origins);
  const other = dialect.recognises(members) ? undefined : unwanted.find((one) => one.recognises(members));
  if (other !== undefined) {
    const message = `${origins} looks like the dialect '${other.name}', where only '${dialect.name}' can be used`;
    throw new HalyardError('SOURCE_INVALID', message);
  }
  if (dialect === likeliest) return { documents, members, dialect };
  const again = await decode(dialect);
  return { documents: again, members: membersOf(again), dialect };
}

/** Of a member that several documents have, the last one counts. */
function membersOf(documents: readonly DecodedDocument[]): DocumentMembers {
  const members = new Map<string, FlagDefinition>();
  for (const { flags } of documents) for (const [key, member] of flags) members.set(key, member);
  return members;
}

/** The document that a path from the top leads into; where it leads into none, the last one. */
export function documentOf(documents: readonly DecodedDocument[], [member]: DocumentPath): DecodedDocument | undefined {
  const owner = documents.findLast(({ flags }) => typeof member === 'string' && flags.has(member));
  return owner ?? documents.at(-1);
}
