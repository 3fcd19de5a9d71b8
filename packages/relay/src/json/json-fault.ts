/** Why a text is not JSON, in the words of Go's reader, which the relay passes on. */
export type JsonFault =
  | { readonly kind: 'end'; readonly message: 'EOF' | 'unexpected EOF' }
  /** `offset` is the number of bytes up to and including the wrong one. */
  | { readonly kind: 'syntax'; readonly offset: number; readonly message: string };

/** A byte as Go quotes it in messages. */
function quoted(byte: number): string {
  if (byte === 0x27) return String.raw`'\''`;
  if (byte === 0x22) return `'"'`;
  if (byte === 0x5c) return String.raw`'\\'`;
  const named = { 7: 'a', 8: 'b', 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r' }[byte];
  if (named !== undefined) return `'\\${named}'`;
  const isPrintable = (byte >= 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  if (isPrintable) return `'${String.fromCharCode(byte)}'`;
  const code = byte.toString(16).padStart(2, '0');
  return byte < 0x80 ? String.raw`'\x${code}'` : String.raw`'\u00${code}'`;
}

export function invalidByte(byte: number, index: number, where: string): JsonFault {
  return { kind: 'syntax', offset: index + 1, message: `invalid character ${quoted(byte)} ${where}` };
}
