import type { Resolution } from '@halyard/core';
import type { Paint } from './paint.ts';
import { visibleLine } from './visible-text.ts';

/** An answer in lines, one for each part that it has. */
export function answerText(resolution: Resolution, paint: Paint): readonly string[] {
  const { value, variant, reason, errorCode, errorMessage, flagMetadata } = resolution;
  const line = (name: string, text: string): string => `${name.padEnd(9)} ${text}`;
  const isError = errorCode !== undefined;
  const metadata = Object.entries(flagMetadata).map(([name, fact]) => `${name} = ${JSON.stringify(fact)}`);
  return [
    line('value', paint(isError ? 'yellow' : 'green', visibleLine(JSON.stringify(value)))),
    ...(variant === undefined ? [] : [line('variant', visibleLine(variant))]),
    line('reason', reason),
    ...(isError ? [line('error', paint('red', visibleLine(`${errorCode}: ${errorMessage ?? ''}`)))] : []),
    ...(metadata.length === 0 ? [] : [line('metadata', visibleLine(metadata.join(', ')))]),
  ];
}
