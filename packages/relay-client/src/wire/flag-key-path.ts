import { wellFormedReviver } from '@halyard/core';
import type { RelayProtocol } from './relay-paths.ts';

const frames = {
  goff: { before: '/v1/feature/', behind: '/eval' },
  ofrep: { before: '/ofrep/v1/evaluate/flags/', behind: '' },
} as const;

/** Most keys: nothing to escape. */
const PLAIN = /^[\w.~-]+$/;
/** What `encodeURIComponent` escapes and Go's canonical encoding does not, and the other way round. */
const ESCAPED_TOO_MUCH = /%(?:2[46BCF]|3[ABD]|40)/g;
const ESCAPED_TOO_LITTLE = /[!'()*]/g;

const escapeOf = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Whether a URL can hold the key: parsers take `.` and `..` between slashes away. */
function isAddressable(key: string, protocol: RelayProtocol): boolean {
  if (key === '' || (protocol === 'goff' && key.includes('/'))) return false;
  return !key.split('/').some((segment) => segment === '.' || segment === '..');
}

/**
 * The path that asks for one flag, in the only spelling under which the relay finds the flag (goff-relay-protocol §1.5).
 *
 * @returns undefined for keys that cannot stand there: empty, with `.` or `..` between slashes, with an unpaired
 *   surrogate, and for `goff` those with a slash
 */
export function flagKeyPath(key: string, protocol: RelayProtocol): string | undefined {
  if (!isAddressable(key, protocol)) return undefined;
  const { before, behind } = frames[protocol];
  if (PLAIN.test(key)) return before + key + behind;
  if (wellFormedReviver('', key) !== key) return undefined;
  const escaped = encodeURIComponent(key)
    .replace(ESCAPED_TOO_MUCH, decodeURIComponent)
    .replace(ESCAPED_TOO_LITTLE, escapeOf);
  return before + escaped + behind;
}

const BROKEN_ESCAPE = /%(?![0-9a-f]{2})/i;
const ESCAPE = /%([0-9a-f]{2})/gi;
const ESCAPES = /(?:%[0-9A-F]{2})+/g;
const CANONICALLY_LITERAL = /^[\w.~$&+,/:;=@-]*$/;

/** Whether the path is spelled as Go would spell what it means. */
function isCanonical(rawPath: string): boolean {
  const unescaped = rawPath.replace(ESCAPE, (escape, code: string) => {
    const isNeeded = !CANONICALLY_LITERAL.test(String.fromCharCode(parseInt(code, 16)));
    return isNeeded && escape === escape.toUpperCase() ? '' : '%';
  });
  return CANONICALLY_LITERAL.test(unescaped);
}

function decoded(escapes: string): string {
  const bytes = escapes
    .split('%')
    .slice(1)
    .map((code) => parseInt(code, 16));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

/**
 * The path as the relay's router sees it: decoded if it is spelled canonically, else as it stands
 * (goff-relay-protocol §1.5).
 *
 * @param rawPath the path of the request target, without the query, bytes read as UTF-8
 * @returns undefined for a broken escape, which the relay answers with 400
 */
export function routedPath(rawPath: string): string | undefined {
  if (BROKEN_ESCAPE.test(rawPath)) return undefined;
  return isCanonical(rawPath) ? rawPath.replace(ESCAPES, decoded) : rawPath;
}

/**
 * The flag key that the relay reads from a path; the other direction of {@link flagKeyPath}.
 *
 * @returns `''` where the key is empty; undefined if it is not the path of a single evaluation, or has a broken escape
 */
export function flagKeyOfPath(rawPath: string, protocol: RelayProtocol): string | undefined {
  const path = routedPath(rawPath);
  const { before, behind } = frames[protocol];
  if (path === undefined || path.length < before.length + behind.length) return undefined;
  if (!path.startsWith(before) || !path.endsWith(behind)) return undefined;
  const key = path.slice(before.length, path.length - behind.length);
  return protocol === 'goff' && key.includes('/') ? undefined : key;
}
