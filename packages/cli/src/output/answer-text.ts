import type { Resolution } from '@halyard/core';
import type { Paint } from './paint.ts';

/** An answer in lines, one for each part that it has. */
export function answerText(resolution: Resolution, paint: Paint): readonly string[] {
  const { value, variant, reason, errorCode, errorMessage, flagMetadata } = resolution;
  const line = (name: string, text: string): string => `${name.padEnd(9)} ${text}`;
  const isError = errorCode !== undefined;
  const metadata = Object.entries(flagMetadata).map(([name, fact]) => `${name} = ${JSON.stringify(fact)}`);
  return [
    line('value', paint(isError ? 'yellow' : 'green', JSON.stringify(value))),
    ...(variant === undefined ? [] : [line('variant', variant)]),
    line('reason', reason),
    ...(isError ? [line('error', paint('red', `${errorCode}: ${errorMessage ?? ''}`))] : []),
    ...(metadata.length === 0 ? [] : [line('metadata', metadata.join(', '))]),
  ];
}
