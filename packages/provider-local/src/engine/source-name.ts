import type { Source } from '../sources/source.ts';

/** What a source calls itself; one that cannot say is called a source. */
export function nameOf(source: Source): string {
  try {
    return String(source.describe());
  } catch {
    return 'source';
  }
}

/** The name under which the flags of a source are saved. */
export function savedNameOf(source: Source): string {
  const { fingerprint } = source;
  return fingerprint === undefined ? nameOf(source) : `${nameOf(source)} #${fingerprint}`;
}
