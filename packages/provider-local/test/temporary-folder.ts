import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is there for each test of a file and gone after it. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'halyard-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}
