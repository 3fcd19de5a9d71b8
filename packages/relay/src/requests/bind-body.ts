import { decodeBody } from '../json/decode-body.ts';
import type { RecordShape } from '../json/shape.ts';
import type { RelayRequest } from '../ports/http-exchange.ts';

/** Why a body was refused. */
interface BindFault {
  readonly status: 400 | 413 | 415;
  readonly message: string;
  /** The same as echo's errors print themselves, which some answers pass on. */
  readonly text: string;
}

/** A body that was read and fits, or why it was refused. */
export type Bound<T> = { readonly value: T } | { readonly fault: BindFault };

function fault(status: BindFault['status'], message: string, internal?: string): { fault: BindFault } {
  const cause = internal === undefined ? '' : `, internal=${internal}`;
  return { fault: { status, message, text: `code=${status}, message=${message}${cause}` } };
}

/**
 * Reads the body of a request and checks it against what it must look like (goff-relay-protocol §1.1). No body at all
 * is an empty object. Only JSON is taken; the relay also tries XML and forms.
 */
export async function bindBody<T>(request: RelayRequest, shape: RecordShape): Promise<Bound<T>> {
  if (request.hasNoBody) return { value: {} as T };
  const mediaType = request.headers.get('content-type')?.[0]?.split(';', 1)[0]?.trim();
  if (mediaType !== 'application/json') return fault(415, 'Unsupported Media Type');
  const body = await request.readBody();
  if (body.state === 'too large') return fault(413, 'Request Entity Too Large');
  if (body.state === 'cut off') return fault(400, 'unexpected EOF', 'unexpected EOF');
  const decoded = decodeBody<T>(body.bytes, shape);
  return 'value' in decoded ? decoded : fault(400, decoded.fault.message, decoded.fault.internal);
}
