/**
 * Writes a text file whole: whoever reads it meanwhile has the old text or the new one. A file that has the text already
 * is left untouched.
 */
export type WriteFile = (path: string, text: string) => Promise<'written' | 'unchanged'>;
