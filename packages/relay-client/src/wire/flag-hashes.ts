import { countField, invalidAnswer, objectField, objectFrom } from './json-answer.ts';

/** What `GET /v1/flag/change` answers: FNV-1a hashes of the flags' definitions (goff-relay-protocol §3.4). */
export interface FlagHashesAnswer {
  /** Of all flags together. */
  readonly hash: number;
  readonly flags: Readonly<Record<string, number>>;
}

/** What state each flag is in, without saying what the state is. */
export interface FlagHashes {
  /** The relay's name for this state of the flags, to ask with the next time. */
  readonly etag?: string;
  /** Of all flags together. */
  readonly hash: number;
  readonly flags: ReadonlyMap<string, number>;
}

/**
 * The hashes in a text answered by `/v1/flag/change`.
 *
 * @throws HalyardError `RESPONSE_INVALID`
 */
export function decodeFlagHashes(text: string): FlagHashes {
  const answer = objectFrom(text);
  const hashes = objectField(answer, 'flags');
  if (hashes === undefined) throw invalidAnswer('flags: found nothing, expected the hashes of the flags');
  const flags = Object.keys(hashes).map((key): [string, number] => [key, countField(hashes, key)]);
  return { hash: countField(answer, 'hash'), flags: new Map(flags) };
}
