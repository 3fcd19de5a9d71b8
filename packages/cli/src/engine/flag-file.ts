import type { ArrangedFlags, Dialect, FlagSet, Position, Place } from '@halyard/core';
import { goffDialect, instantOfMillis, nextFlagSet, systemClock } from '@halyard/core';
import { rulesetDialect } from '@halyard/core/ruleset';
import type { DocumentFormat, FlagDocument, LoadedFlags, Oddity, ReadDocuments } from '@halyard/provider-local/engine';
import { readDocuments } from '@halyard/provider-local/engine';
import type { DialectName } from '../arguments/invocation.ts';
import type { Host } from '../ports/host.ts';
import { flagSource } from './flag-source.ts';

const surroundings = { enrichment: {}, now: () => instantOfMillis(systemClock.now()) };

/** The dialects a file may be in: the one that was named, else all. */
function candidatesFor(name: DialectName | undefined): readonly [Dialect, ...Dialect[]] {
  if (name === 'ruleset') return [rulesetDialect(surroundings)];
  const goff = goffDialect(surroundings);
  return name === 'goff' ? [goff] : [goff, rulesetDialect(surroundings)];
}

/** Documents that can be decoded; their flags are still to be judged. */
export interface DecodedFlags extends Pick<ReadDocuments, 'members' | 'dialect'> {
  /** Where something stands; undefined where that is not known. */
  readonly locate: (place: Place) => Position | undefined;
  /** What is odd about the texts themselves. */
  readonly oddities: () => readonly Oddity[];
  /** Of the last document. */
  readonly format: DocumentFormat;
}

/**
 * Reads and decodes one file of flags, or standard input.
 *
 * @throws HalyardError `CONFIG_INVALID` for an extension that tells no format, `SOURCE_UNAVAILABLE` for a file that
 *   cannot be read, `SOURCE_INVALID` for one that cannot be decoded or whose dialect is not clear
 */
export async function readFlagFile(file: string, dialect: DialectName | undefined, host: Host): Promise<DecodedFlags> {
  // there is no previous version that could be unchanged
  const { documents } = (await flagSource(file, host).load(undefined, host.signal)) as LoadedFlags;
  return decodeFlags(documents, dialect);
}

/** @throws HalyardError `SOURCE_INVALID` for documents that cannot be decoded or whose dialect is not clear */
export async function decodeFlags(
  documents: readonly FlagDocument[],
  dialect: DialectName | undefined,
): Promise<DecodedFlags> {
  const choice = { candidates: candidatesFor(dialect), inForce: undefined };
  const read = await readDocuments(documents, choice, async () => undefined);
  let locator: ((place: Place) => Position | undefined) | undefined;
  const locate = (place: Place): Position | undefined => {
    locator ??= read.documents.at(-1)?.locator() ?? (() => undefined);
    return locator(place);
  };
  const last = documents.at(-1);
  const format = last !== undefined && 'format' in last ? last.format : 'json';
  const oddities = (): readonly Oddity[] => read.documents.flatMap((document) => document.oddities());
  return { members: read.members, dialect: read.dialect, locate, oddities, format };
}

/**
 * The flags of decoded documents.
 *
 * @throws HalyardError `SOURCE_INVALID` for documents that are refused as a whole
 */
export function arrangeFlags(
  { members, dialect }: DecodedFlags,
  ruleset: string | undefined,
): { readonly arranged: ArrangedFlags; readonly set: FlagSet } {
  const arranged = dialect.arrange(members, ruleset === undefined ? {} : { ruleset });
  const work = nextFlagSet(undefined, '', arranged, dialect);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return { arranged, set: value.set };
  }
}

/** The rulesets of a document, as they are called; none where there is nothing to choose from. */
export function rulesetNames({ members, dialect }: DecodedFlags): readonly string[] {
  if (dialect.name !== 'ruleset') return [];
  return [...members].filter(([, { definition }]) => isObject(definition)).map(([name]) => name);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
