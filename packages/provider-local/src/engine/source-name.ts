import type { Source } from '../sources/source.ts';

/** What a source calls itself; one that cannot say is called a source. */
export function nameOf(source: Source): string {
  try {
    return String(source.describe());
  } catch {
    return 'source';
  }
}
