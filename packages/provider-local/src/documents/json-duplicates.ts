import type { DocumentPath } from '@halyard/core';
import { endOfString } from './json-scanner.ts';

/** A name that an object has already, and where it stands once more. */
export interface JsonDuplicate {
  /** Of the value, from the top of the document. */
  readonly path: DocumentPath;
  readonly offset: number;
}

/** An object or list around the place that is looked at. */
interface Container {
  /** The names so far; undefined in a list. */
  readonly names: Set<string> | undefined;
  /** Where in it the place is: a name, or an index. */
  step: string | number;
}

/**
 * Finds the names that stand more than once in one object of a JSON document that is known to be valid. Takes the text
 * from beginning to end, so that neither depth nor size of an object matters.
 */
export function jsonDuplicates(text: string): readonly JsonDuplicate[] {
  const duplicates: JsonDuplicate[] = [];
  const around: Container[] = [];
  let isName = false;
  let index = 0;
  while (index < text.length) {
    const char = text[index] as string;
    const inner = around.at(-1);
    const end = char === '"' ? endOfString(text, index) : index + 1;
    if (char === '"') {
      const isDuplicate = isName && inner !== undefined && isThere(nameIn(text.slice(index, end)), inner);
      if (isDuplicate) duplicates.push({ path: around.map(({ step }) => step), offset: index });
      isName = false;
    } else if (char === '{') around.push({ names: new Set(), step: '' });
    else if (char === '[') around.push({ names: undefined, step: 0 });
    else if (char === '}' || char === ']') around.pop();
    else if (char === ',' && typeof inner?.step === 'number') inner.step++;
    if (char === '{' || char === ',') isName = around.at(-1)?.names !== undefined;
    index = end;
  }
  return duplicates;
}

/**
 * Goes on to a name of an object.
 *
 * @returns whether it has been there before
 */
function isThere(name: string, container: Container): boolean {
  const isDuplicate = container.names?.has(name) === true;
  container.names?.add(name);
  container.step = name;
  return isDuplicate;
}

const nameIn = (quoted: string): string =>
  quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
