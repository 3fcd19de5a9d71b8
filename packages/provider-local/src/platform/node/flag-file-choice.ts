/** The file a provider reads when it is told nothing: `HALYARD_FLAGS`, undefined if that is not set. */
export function flagFileFromEnvironment(): string | undefined {
  return process.env['HALYARD_FLAGS'] || undefined;
}
