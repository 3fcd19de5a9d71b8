import type { Host, Output } from '../ports/host.ts';

const codes = { dim: 2, red: 31, green: 32, yellow: 33 } as const;

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: keyof typeof codes, text: string) => string;

/** Colours for terminals only, and not for people who set `NO_COLOR`. */
export function paintFor(output: Output, env: Host['env']): Paint {
  const isPainted = output.isTTY === true && !env['NO_COLOR'];
  return (colour, text) => (isPainted ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text);
}
