import { flagFileFromEnvironment } from '../platform/node/flag-file-choice.ts';
import { nodeFiles } from '../platform/node/node-files.ts';
import { choiceOfPath, sourceOfFile } from '../sources/file-source.ts';
import { inlineSource } from '../sources/inline-source.ts';
import { looksLikeAnAddress } from '../sources/http/http-target.ts';
import type { Source } from '../sources/source.ts';
import { describeValue, invalidOptions } from '@halyard/core';
import { httpSource } from './http-source.ts';
import type { LocalProviderOptions } from './provider-options.ts';
import { isSource } from './provider-options.ts';

const defaultCandidates = [
  { path: 'flags.yaml', format: 'yaml' },
  { path: 'flags.yml', format: 'yaml' },
  { path: 'flags.json', format: 'json' },
  { path: 'flags.toml', format: 'toml' },
] as const;

/**
 * Flags in a file; its extension (.yaml, .yml, .json, .toml) tells the format. The folder is watched, and the content
 * is compared every 5 seconds, so that no way of replacing the file goes unnoticed.
 *
 * @throws HalyardError `CONFIG_INVALID` for another extension
 */
export function fileSource(path: string): Source {
  return sourceAt(path, 'fileSource', 'path');
}

/** @param owner and option: who asked for this path, for the message */
function sourceAt(path: string, owner: string, option: string): Source {
  const choice = choiceOfPath(path);
  if (choice !== undefined) return sourceOfFile(choice, nodeFiles);
  const expected = 'a path that ends in .yaml, .yml, .json or .toml';
  throw invalidOptions(owner, [{ path: option, found: describeValue(path), expected }]);
}

/** The source that the option `source` asks for. */
export function sourceFrom(option: LocalProviderOptions['source']): Source {
  if (typeof option === 'string') return looksLikeAnAddress(option) ? httpSource(option) : fileSource(option);
  if (option !== undefined) return isSource(option) ? option : inlineSource(option);
  const named = flagFileFromEnvironment();
  if (named !== undefined && looksLikeAnAddress(named)) return httpSource(named);
  if (named !== undefined) return sourceAt(named, 'LocalProvider', 'HALYARD_FLAGS');
  return sourceOfFile({ name: 'file ./flags.{yaml,yml,json,toml}', candidates: defaultCandidates }, nodeFiles);
}
