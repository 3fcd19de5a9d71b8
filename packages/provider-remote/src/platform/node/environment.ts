/** A setting that is given to the process; undefined if it is not, or empty. */
export function fromEnvironment(name: 'HALYARD_ENDPOINT' | 'HALYARD_API_KEY'): string | undefined {
  return process.env[name] || undefined;
}
