import { HalyardError } from '../errors/halyard-error.ts';
import type { Dialect, DocumentMembers } from './dialect.ts';

/**
 * Which of several dialects documents are written in, by their shape. Documents without members have no shape: they are
 * of the dialect that is in force, or of the first.
 *
 * @param inForce the dialect of the flags in force; documents of another one are refused, so that a wrong file does not
 *   put flags of a quite different kind in their place
 * @param what the documents in a few words, for the message
 * @throws HalyardError `SOURCE_INVALID` if no dialect recognises the documents, or more than one does; the message asks
 *   for the option `dialect`
 */
export function dialectOf(
  members: DocumentMembers,
  dialects: readonly [Dialect, ...Dialect[]],
  inForce: Dialect | undefined,
  what: string = 'the document',
): Dialect {
  if (dialects.length === 1) return dialects[0];
  if (members.size === 0) return inForce ?? dialects[0];
  const found = dialects.filter((dialect) => dialect.recognises(members));
  const unclear = (problem: string): HalyardError => new HalyardError('SOURCE_INVALID', `${what} ${problem}`);
  const [only] = found;
  const names = (candidates: readonly Dialect[]): string => candidates.map(({ name }) => `'${name}'`).join(' or ');
  if (only === undefined) {
    throw unclear(`has the shape of no known dialect: say which it is with the option dialect, ${names(dialects)}`);
  }
  if (found.length > 1) {
    throw unclear(`has the shape of several dialects: say which it is with the option dialect, ${names(found)}`);
  }
  if (inForce !== undefined && inForce.name !== only.name) {
    throw unclear(`looks like the dialect '${only.name}', and the flags in force are of '${inForce.name}'`);
  }
  return only;
}
