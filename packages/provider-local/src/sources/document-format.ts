import type { DocumentFormat } from './source.ts';

const formats: Readonly<Record<string, DocumentFormat>> = { yaml: 'yaml', yml: 'yaml', json: 'json', toml: 'toml' };

/** The format that a file name's extension stands for; undefined if it is none of .yaml, .yml, .json, .toml. */
export function formatOf(path: string): DocumentFormat | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(formats, extension) ? formats[extension] : undefined;
}
