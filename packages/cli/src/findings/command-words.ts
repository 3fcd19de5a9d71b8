import { messageOf } from '@halyard/core';

/** What an error says, in the words of the command line: its options, and not the functions behind it. */
export function commandWords(error: unknown): string {
  const [first = '', ...faults] = messageOf(error).split('\n');
  const lines = /^\w+: invalid options$/.test(first) ? faults.map((fault) => fault.trimStart()) : [first, ...faults];
  return lines.join('\n').replace(/ the option (ruleset|dialect)\b/, ' --$1');
}
