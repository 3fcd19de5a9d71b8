/** What counts of a version of Semantic Versioning 2.0: build metadata does not. Numbers are kept as digits. */
export interface Semver {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** Empty for a release. */
  readonly preRelease: readonly string[];
}
