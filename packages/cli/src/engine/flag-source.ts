import { HalyardError, messageOf } from '@halyard/core';
import { fileSource, httpSource } from '@halyard/provider-local';
import type { DocumentFormat, Source } from '@halyard/provider-local/engine';
import { isAddress, STANDARD_INPUT } from '../arguments/flag-file-name.ts';
import type { Host } from '../ports/host.ts';

/** As much of standard input is read as of a file. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/** How a file is called in what is told about it. */
export function shownName(file: string): string {
  return file === STANDARD_INPUT ? '<stdin>' : file;
}

/**
 * Where the flags come from that somebody named: a path, an address, or `-`.
 *
 * @throws HalyardError `CONFIG_INVALID` for an extension that tells no format, an address that is none, and `-` where
 *   there is no standard input
 */
export function flagSource(name: string, { stdin }: Pick<Host, 'stdin'>): Source {
  if (isAddress(name)) return httpSource(name);
  if (name !== STANDARD_INPUT) return fileSource(name);
  if (stdin === undefined) throw new HalyardError('CONFIG_INVALID', 'there is no standard input to read');
  const origin = shownName(name);
  let text: Promise<string> | undefined;
  return {
    describe: () => origin,
    async load(previousVersion) {
      if (previousVersion !== undefined) return 'unchanged';
      // it can be read only once
      text ??= wholeText(stdin);
      return { version: origin, documents: [{ origin, format: formatOf(await text), text: await text }] };
    },
  };
}

async function wholeText(input: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    for await (const chunk of input) {
      size += chunk.byteLength;
      if (size > LARGEST_BYTES) throw new Error(`it is larger than ${LARGEST_BYTES} bytes`);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    const message = `${shownName(STANDARD_INPUT)} cannot be read: ${messageOf(error)}`;
    throw new HalyardError('SOURCE_UNAVAILABLE', message, { cause: error });
  }
}

/** The format of a text without a name, by what it begins with: a key or nothing in braces, a table or `key =`. */
function formatOf(text: string): DocumentFormat {
  if (/^\s*\{\s*(?:["}]|$)/.test(text)) return 'json';
  const [first = ''] = /^(?!\s*(?:#|$)).+/m.exec(text) ?? [];
  const isTable = /^\s*\[\[?[^[\],]+\]\]?\s*(?:#.*)?$/.test(first);
  return isTable || /^\s*(?:"[^"]*"|'[^']*'|[\w.-]+)\s*=/.test(first) ? 'toml' : 'yaml';
}
