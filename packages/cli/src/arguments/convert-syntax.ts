import type { CommandSyntax } from './command-syntax.ts';
import { aSwitch, aText, dialectNames } from './command-syntax.ts';
import { STANDARD_INPUT } from './flag-file-name.ts';
import { Unclear } from './typed-values.ts';

const formats = ['yaml', 'json'] as const;

/** `halyard convert`. */
export const convertSyntax: CommandSyntax = {
  options: {
    to: aText,
    out: { type: 'string', short: 'o' },
    format: aText,
    ruleset: aText,
    'targeting-key-only': aSwitch,
    'rename-variants': aSwitch,
    json: aSwitch,
  },
  read(typed) {
    const [file, extra] = typed.files();
    if (extra !== undefined) throw new Unclear(`${JSON.stringify(extra)} is too much: one file at a time`);
    const to = typed.choice('to', dialectNames);
    if (to === undefined) throw new Unclear('--to is needed: goff or ruleset');
    const out = typed.only('out');
    if (out !== undefined && !/\.(?:ya?ml|json)$/.test(out))
      throw new Unclear('--out must end in .yaml, .yml or .json');
    const request = {
      file,
      to,
      out,
      format: typed.choice('format', formats) ?? formatOf(out ?? file),
      ruleset: typed.only('ruleset'),
      usersByTargetingKey: typed.has('targeting-key-only'),
      renameVariants: typed.has('rename-variants'),
      json: typed.has('json'),
    } as const;
    return { kind: 'convert', request };
  },
};

/** Documents are written in two of the three formats that they are read in. */
function formatOf(path: string): (typeof formats)[number] | undefined {
  if (path === STANDARD_INPUT) return undefined;
  return path.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
}
