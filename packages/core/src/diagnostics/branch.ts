import type { DocumentPath } from './diagnostic.ts';

/**
 * A place on the way down into a document. Costs little to make at every step; the path is written out only where
 * there is something to report. Undefined is the top.
 */
export type Branch = { readonly above: Branch; readonly step: string | number } | undefined;

/** The place `step` below another. */
export function below(above: Branch, step: string | number): Branch {
  return { above, step };
}

export function pathOf(branch: Branch): DocumentPath {
  const path: (string | number)[] = [];
  for (let at = branch; at !== undefined; at = at.above) path.push(at.step);
  return path.reverse();
}
