/** A query on one line, and where its characters stood. */
interface JoinedQuery {
  readonly text: string;
  /** From an index in `text` to one in the text before joining. */
  offsetOf(index: number): number;
}

/** Leaves out line feeds and the spaces that follow them, and puts nothing in their place (goff-evaluation §10.1). */
export function joinQueryLines(text: string): JoinedQuery {
  const starts: number[] = [];
  const shifts: number[] = [];
  const lines = text.split('\n');
  let joinedLength = 0;
  let lineStart = 0;
  for (const [index, line] of lines.entries()) {
    const indent = leadingSpaces(line);
    starts.push(joinedLength);
    shifts.push(lineStart + indent - joinedLength);
    joinedLength += line.length - indent;
    lineStart += line.length + 1;
    lines[index] = line.slice(indent);
  }
  return { text: lines.join(''), offsetOf: (index) => index + (shifts[lastAtMost(starts, index)] as number) };
}

function leadingSpaces(line: string): number {
  let count = 0;
  while (line.charCodeAt(count) === 0x20) count++;
  return count;
}

/** The last of the ascending `starts` that is not above `index`; the first if all are. */
function lastAtMost(starts: readonly number[], index: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
