import { HalyardError, messageOf } from '@halyard/core';
import type { FileContent, Files } from '../ports/files.ts';
import { formatOf } from './document-format.ts';
import type { DocumentFormat, Source } from './source.ts';

/** How often a file is read to find changes that no notice told of, in milliseconds. */
const POLL_INTERVAL_MS = 5_000;
/** How long a file must have stayed the same to count as written to its end, in milliseconds. */
const SETTLE_MS = 100;

/** How a file source finds its file, and what it is called until then. */
interface FileChoice {
  readonly name: string;
  readonly candidates: readonly { readonly path: string; readonly format: DocumentFormat }[];
}

/** Flags in one file: the first of the candidates that exists when it is read. */
export function sourceOfFile({ name, candidates: declared }: FileChoice, files: Files): Source {
  const candidates = declared.map((candidate) => ({ ...candidate, absolute: files.absolute(candidate.path) }));
  const find = async (): Promise<(typeof candidates)[number]> => {
    const [only] = candidates;
    if (candidates.length === 1 && only !== undefined) return only;
    for (const candidate of candidates) if (await files.exists(candidate.absolute)) return candidate;
    throw new HalyardError(
      'SOURCE_UNAVAILABLE',
      `none of these files exists: ${candidates.map(({ path }) => path).join(', ')}`,
    );
  };
  return {
    pollIntervalMs: POLL_INTERVAL_MS,
    settleMs: SETTLE_MS,
    describe: () => name,
    async load(previousVersion, signal) {
      const { path, absolute, format } = await find();
      const { text, fingerprint: version } = await readFile(files, { path, absolute }, signal);
      return version === previousVersion ? 'unchanged' : { version, documents: [{ origin: path, format, text }] };
    },
    watch(onChange, signal) {
      for (const { absolute } of candidates) files.watchFolderOf(absolute, onChange, signal);
    },
  };
}

async function readFile(
  files: Files,
  { path, absolute }: { readonly path: string; readonly absolute: string },
  signal: AbortSignal,
): Promise<FileContent> {
  try {
    return await files.read(absolute, signal);
  } catch (error) {
    throw new HalyardError('SOURCE_UNAVAILABLE', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** The choice of one path. Undefined if its extension tells no format. */
export function choiceOfPath(path: string): FileChoice | undefined {
  const format = formatOf(path);
  return format === undefined ? undefined : { name: `file ${path}`, candidates: [{ path, format }] };
}
