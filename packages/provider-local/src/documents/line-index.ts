import type { Position } from '@halyard/core';

/** Makes ready to turn offsets in a text into lines and columns. */
export function lineIndex(text: string): (offset: number) => Position {
  const starts = [0];
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}

/** The line and column of one offset in a text. */
export function positionAt(text: string, offset: number): Position {
  return lineIndex(text)(offset);
}
