/**
 * A copy of a value as JSON has it.
 *
 * @throws TypeError for what cannot be written as JSON: circles, BigInt
 */
export function jsonCopy(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}
