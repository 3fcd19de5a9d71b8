import { promisify } from 'node:util';
import type { ZlibOptions } from 'node:zlib';
import { HalyardError } from '@halyard/core';
import { isContent } from '../body-text.ts';
import type { BoundedBody } from '../bounded-body.ts';

type Unpack = (bytes: Uint8Array, limit: ZlibOptions) => Promise<Uint8Array>;

/** More layers than anybody has a use for. */
const MOST_LAYERS = 3;

/** Of which answer a body is. */
export interface PackedAnswer {
  readonly status: number;
  /** Tells how much there may be, also of what was unpacked. */
  readonly body: BoundedBody;
  readonly url: string;
}

/**
 * The bytes that were compressed. It stops at the limit for bodies, however much there would be. Of an answer that is
 * about a failure, what cannot be unpacked is nothing.
 *
 * @param encoding the header `content-encoding`: names, that of what was done last at the end
 * @throws HalyardError `RESPONSE_INVALID`
 */
export async function unpacked(
  bytes: Uint8Array,
  encoding: string,
  { status, body, url }: PackedAnswer,
): Promise<Uint8Array> {
  try {
    let content = bytes;
    for (const layer of await layersOf(encoding)) content = await layer(content, { maxOutputLength: body.mostBytes });
    return content;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw body.tooLarge(url);
    if (!isContent(status)) return new Uint8Array();
    const { origin } = new URL(url);
    const what = /^[\w, -]{1,40}$/.test(encoding) ? encoding : 'in an unknown way';
    const message = `an answer from ${origin} is compressed (${what}) and cannot be unpacked`;
    throw new HalyardError('RESPONSE_INVALID', message, { details: { origin, status } });
  }
}

/** What is to be done one after the other. */
async function layersOf(encoding: string): Promise<readonly Unpack[]> {
  const unpackers = await loadedUnpackers();
  const layers = encoding.split(',').map((name) => unpackers.get(name.trim().toLowerCase()));
  const known = layers.filter((unpack) => unpack !== undefined);
  if (known.length < layers.length || layers.length > MOST_LAYERS) throw new Error('that is not known');
  return known.toReversed();
}

async function loadedUnpackers(): Promise<ReadonlyMap<string, Unpack>> {
  const { brotliDecompress, gunzip, inflate, inflateRaw } = await import('node:zlib');
  // some send what HTTP calls deflate, with a head of its own, and some send it without
  const deflated: Unpack = (bytes, limit) =>
    promisify<Uint8Array, ZlibOptions, Uint8Array>((bytes[0] ?? 0) % 16 === 8 ? inflate : inflateRaw)(bytes, limit);
  const gzipped: Unpack = promisify(gunzip);
  return new Map<string, Unpack>([
    ['gzip', gzipped],
    ['x-gzip', gzipped],
    ['deflate', deflated],
    ['br', promisify(brotliDecompress)],
    ['identity', async (bytes) => bytes],
  ]);
}
