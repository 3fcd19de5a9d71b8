const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Unpaired surrogates count as U+FFFD, as they do once text has been UTF-8. */
function codePointAt(text: string, index: number): number {
  const point = text.codePointAt(index) as number;
  return isSurrogate(point) ? 0xfffd : point;
}

/**
 * Orders two texts by code points, which is the order of their UTF-8 bytes. JavaScript's `<` orders by UTF-16
 * units and differs as soon as one side leaves the basic plane.
 *
 * @returns a negative number, 0 or a positive number, as for `Array.prototype.sort`
 */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const l = left.charCodeAt(index);
    const r = right.charCodeAt(index);
    if (l === r && !isSurrogate(l)) continue;
    if (!isSurrogate(l) && !isSurrogate(r)) return l - r;
    const leftPoint = codePointAt(left, index);
    const rightPoint = codePointAt(right, index);
    if (leftPoint !== rightPoint) return leftPoint - rightPoint;
    if (leftPoint > 0xffff) index++;
  }
  return left.length - right.length;
}
