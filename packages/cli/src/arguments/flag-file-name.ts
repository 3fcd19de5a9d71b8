/** What stands for standard input where a file is named. */
export const STANDARD_INPUT = '-';

/** Whether flags are read from an address; everything else is a path. */
export function isAddress(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(name);
}

/** Why flags cannot be read from what has this name; undefined if they perhaps can. */
export function flagFileProblem(name: string, accepted: 'a file' | 'a file or an address'): string | undefined {
  if (isAddress(name)) {
    if (accepted === 'a file') return `${JSON.stringify(name)} is an address: only files are read here`;
    return /^https?:/i.test(name) ? undefined : `${JSON.stringify(name)} is neither an http:// nor an https:// address`;
  }
  if (name === STANDARD_INPUT || /\.(?:ya?ml|json|toml)$/i.test(name)) return undefined;
  return `${JSON.stringify(name)} is no file of flags: they end in .yaml, .yml, .json or .toml`;
}
