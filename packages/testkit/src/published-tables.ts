import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Tables that other projects publish live beside the repository; `HALYARD_CONFORMANCE` names another folder. */
const folder = process.env['HALYARD_CONFORMANCE'] ?? resolve(__dirname, '../../../../shared/conformance');
const isThere = existsSync(folder);

/** One published table as it stands in its file; undefined where the tables are absent. */
export function publishedTable<T>(file: string): T | undefined {
  return isThere ? (JSON.parse(readFileSync(join(folder, file), 'utf8')) as T) : undefined;
}

/** The cases of one published table. */
export function publishedCases<T>(file: string): readonly T[] {
  return publishedTable<{ cases: T[] }>(file)?.cases ?? [];
}

/** A suite over published tables: skipped by name where they are absent, a failure where they must be there. */
export function describePublished(name: string, suite: () => void): void {
  if (isThere) return describe(name, suite);
  if (process.env['CI'] !== undefined) {
    return describe(name, () => {
      test('the published tables are there', () => {
        throw new Error(`no published tables in ${folder}`);
      });
    });
  }
  test.skip(`${name} (needs the published tables: HALYARD_CONFORMANCE=<their folder> npm test)`, () => undefined);
}
