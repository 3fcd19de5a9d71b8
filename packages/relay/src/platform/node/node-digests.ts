import { createHash, timingSafeEqual } from 'node:crypto';
import type { Digests, SecretIndex } from '../../ports/digests.ts';

/** The hashing of Node. */
export const nodeDigests: Digests = {
  sha1: (text) => createHash('sha1').update(text).digest('hex'),
  byteLength: (text) => Buffer.byteLength(text),
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * An index of secrets. All of them are compared, by their hashes and in constant time, whichever it is: neither where
 * a guess went wrong nor which secret it hit can be told from the time it takes.
 */
export function secretIndex(secrets: readonly string[]): SecretIndex {
  const hashes = secrets.map(sha256);
  return {
    find(presented) {
      const hash = sha256(presented);
      let found: number | undefined;
      hashes.forEach((known, index) => {
        if (timingSafeEqual(known, hash)) found = index;
      });
      return found;
    },
  };
}
