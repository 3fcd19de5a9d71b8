import { createHash } from 'node:crypto';
import type { Digest } from '../../ports/digest.ts';

/** The beginning of a text's SHA-256. */
export const nodeDigest: Digest = (text) => createHash('sha256').update(text).digest('base64url').slice(0, 22);
