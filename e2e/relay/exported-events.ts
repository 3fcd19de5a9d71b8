// What both relays exported of the same requests.
import { existsSync, readFileSync } from 'node:fs';
import { arguedKeys } from './exchanges/paths.ts';

/** The lines of exported events, sorted: the relay proxy does not keep their order. Dates of the run are left out. */
export function exportedLines(...files: readonly string[]): string[] {
  return files
    .flatMap((file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []))
    .filter((line) => line !== '' && !arguedKeys.includes((JSON.parse(line) as { key: string }).key))
    .map((line) => (line.includes('"source":"SERVER"') ? line.replace(/"creationDate":\d+/, '"creationDate":0') : line))
    .sort();
}
