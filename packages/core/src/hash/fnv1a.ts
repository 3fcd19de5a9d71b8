const OFFSET_BASIS = 2166136261;
const PRIME = 16777619;

/**
 * FNV-1a, 32 bits, over the UTF-8 bytes of `text` (goff-evaluation §5.1). Unpaired surrogates count as U+FFFD.
 *
 * @param seed the hash of what comes before `text`, so that a constant prefix is hashed only once
 * @returns an unsigned 32-bit integer
 */
export function fnv1a(text: string, seed: number = OFFSET_BASIS): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) return hashUtf8(text, index, hash);
    hash = Math.imul(hash ^ unit, PRIME);
  }
  return hash >>> 0;
}

function hashUtf8(text: string, start: number, seed: number): number {
  let hash = seed;
  for (let index = start; index < text.length; index++) {
    let point = text.codePointAt(index) as number;
    if (point > 0xffff) index++;
    else if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (point < 0x80) {
      hash = Math.imul(hash ^ point, PRIME);
      continue;
    }
    if (point < 0x800) hash = Math.imul(hash ^ (0xc0 | (point >> 6)), PRIME);
    else {
      if (point < 0x10000) hash = Math.imul(hash ^ (0xe0 | (point >> 12)), PRIME);
      else {
        hash = Math.imul(hash ^ (0xf0 | (point >> 18)), PRIME);
        hash = Math.imul(hash ^ (0x80 | ((point >> 12) & 0x3f)), PRIME);
      }
      hash = Math.imul(hash ^ (0x80 | ((point >> 6) & 0x3f)), PRIME);
    }
    hash = Math.imul(hash ^ (0x80 | (point & 0x3f)), PRIME);
  }
  return hash >>> 0;
}
