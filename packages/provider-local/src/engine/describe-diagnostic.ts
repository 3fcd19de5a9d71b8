import type { LocatedDiagnostic } from './set-builder.ts';

/** A diagnostic in one line: `flags.yaml:12:5: flag "x" is left out: …`. */
export function describeDiagnostic({ origin, position, severity, flag, path, message }: LocatedDiagnostic): string {
  const place = position === undefined ? origin : `${origin}:${position.line}:${position.column}`;
  const inside = path.slice(1).join('.');
  const about = `flag ${JSON.stringify(flag)}${severity === 'error' ? ' is left out' : ''}`;
  return `${place}: ${about}: ${inside === '' ? '' : `${inside}: `}${message}`;
}
