import type { RelayRequest } from '../ports/http-exchange.ts';
import type { KeyRing, KeyUse } from './key-ring.ts';

const SCHEME = /^bearer /i;
/** So many `Authorization` headers are looked at. */
const MOST_TRIED = 20;

type Headers = RelayRequest['headers'];

/** Who asks, or the words in which the relay refuses them. */
export type Admission = { readonly caller: KeyUse | undefined } | { readonly refusal: string };

/**
 * Whether a request may pass, by its headers (goff-relay-protocol §1.4). `X-API-Key` counts before `Authorization`.
 *
 * @param role `admin` always demands an admin key
 */
export function admissionOf(headers: Headers, keys: KeyRing, role: 'evaluation' | 'admin'): Admission {
  if (role === 'evaluation' && !keys.isLocked) return { caller: undefined };
  const accepted = (key: string): KeyUse | undefined => {
    const use = keys.useOf(key);
    return role === 'admin' && use?.isAdmin !== true ? undefined : use;
  };
  const direct = headers.get('x-api-key')?.[0];
  if (direct) {
    const caller = accepted(direct);
    return caller === undefined ? { refusal: 'code=401, message=Unauthorized' } : { caller };
  }
  const lines = headers.get('authorization');
  if (lines === undefined) return { refusal: 'missing key in request header' };
  const bearers = lines.filter((line) => SCHEME.test(line) && line.length > 7).slice(0, MOST_TRIED);
  if (bearers.length === 0) return { refusal: 'invalid key in the request header' };
  const isGood = bearers.some((line) => accepted(line.slice(7)) !== undefined);
  return isGood ? { caller: chosenBy(lines, keys) } : { refusal: 'invalid key' };
}

/** With several headers one right key lets in, but it is the first header that chooses the flag set. */
function chosenBy(lines: readonly string[], keys: KeyRing): KeyUse | undefined {
  const first = lines[0] ?? '';
  return keys.useOf(SCHEME.test(first) ? first.slice(7).trim() : first);
}
