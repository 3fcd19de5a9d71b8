type Hashes = ReadonlyMap<string, number>;

/** The flags that are different between two states: changed, added and removed ones. */
export function hashDifference(before: Hashes, after: Hashes): string[] {
  const different: string[] = [];
  for (const [flag, hash] of after) if (before.get(flag) !== hash) different.push(flag);
  for (const flag of before.keys()) if (!after.has(flag)) different.push(flag);
  return different;
}
