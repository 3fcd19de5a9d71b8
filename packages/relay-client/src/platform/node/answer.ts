import type { TransportResponse } from '@halyard/core';
import { bodyText } from '../body-text.ts';
import type { BoundedBody } from '../bounded-body.ts';
import { unpacked } from './unpacked-body.ts';

/**
 * What was received as an answer: at once, unless its body is compressed, as files are that are stored so and sent so
 * whatever is asked for.
 *
 * @throws HalyardError `RESPONSE_INVALID` for a body that is no text or too large, by a rejection if it is compressed
 */
export function answerOf(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: BoundedBody,
  url: string,
): TransportResponse | Promise<TransportResponse> {
  const { chunks } = body;
  const encoding = headers['content-encoding'];
  // an answer without a body has none that is compressed, whatever it says
  if (encoding === undefined || chunks.length === 0) return { status, headers, body: bodyText(chunks, status, url) };
  return unpacked(Buffer.concat(chunks), encoding, { status, body, url }).then((content) => ({
    ...{ status, headers, body: bodyText([content], status, url) },
  }));
}
