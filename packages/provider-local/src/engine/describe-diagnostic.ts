import type { LocatedDiagnostic } from './set-builder.ts';

/** A diagnostic in one line: `flags.yaml:12:5: flag "x" is left out: …`. */
export function describeDiagnostic({ origin, position, severity, flag, path, message }: LocatedDiagnostic): string {
  const place = position === undefined ? origin : `${origin}:${position.line}:${position.column}`;
  // where a document is judged as a whole, the path says more than the flag
  if (path[0] !== flag) return `${place}: ${path.join('.')}: ${message}`;
  const inside = path.slice(1).join('.');
  const about = `flag ${JSON.stringify(flag)}${severity === 'error' ? ' is left out' : ''}`;
  return `${place}: ${about}: ${inside === '' ? '' : `${inside}: `}${message}`;
}
