import type { DocumentPath } from '@halyard/core';
import type { Finding } from '../findings/finding.ts';
import type { Paint } from './paint.ts';
import { visibleLine } from './visible-text.ts';

/** A path as people write it: `production.features.checkout.groups[1]`. */
function pathText(path: DocumentPath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text.startsWith('.') ? text.slice(1) : text;
}

/** A finding in one line: `flags.yaml:12:5: error: checkout.defaultRule: … (variation-unknown)`. */
export function findingText(finding: Finding, paint: Paint): string {
  const { severity, code, message, file, line, column, path } = finding;
  const place = visibleLine(line === undefined ? file : `${file}:${line}:${column}`);
  const what = [visibleLine(pathText(path)), visibleLine(message)];
  const parts = [place, paint(severity === 'error' ? 'red' : 'yellow', severity), ...what];
  return `${parts.filter((part) => part !== '').join(': ')} ${paint('dim', `(${code})`)}`;
}

/** So many of something: `1 flag`, `2 flags`. */
export function countText(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
