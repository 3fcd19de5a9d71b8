/** What a plain (unquoted) YAML scalar is, by GO Feature Flag's YAML reader (goff-evaluation §14). */

const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);
const truths = new Set(['true', 'True', 'TRUE']);
const falsehoods = new Set(['false', 'False', 'FALSE']);
const switchesOn = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const switchesOff = new Set(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);
const infinities = new Set(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF']);
const notNumbers = new Set(['.nan', '.NaN', '.NAN']);

const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const octalWithoutLetter = /^0[0-7]+$/;
const startsNumber = /^[-+.0-9]/;
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** The number a plain scalar stands for; digits may be grouped by underscores. Numbers beyond all doubles are texts. */
function numberOf(source: string): number | undefined {
  if (!startsNumber.test(source)) return undefined;
  const text = source.replaceAll('_', '');
  const [, sign, size] = integer.exec(text) ?? [];
  if (size !== undefined) {
    const value = octalWithoutLetter.test(size) ? Number.parseInt(size, 8) : Number(size);
    return sign === '-' ? 0 - value : value;
  }
  const value = decimal.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** A plain scalar by its looks: null, boolean, number or text. Infinities and NaN cannot be served and become null. */
export function plainScalar(source: string): unknown {
  if (nulls.has(source)) return null;
  if (truths.has(source)) return true;
  if (falsehoods.has(source)) return false;
  if (infinities.has(source) || notNumbers.has(source)) return null;
  return numberOf(source) ?? timestampText(source) ?? source;
}

/** What a scalar, plain or quoted, is where a switch is wanted; undefined if it is no word for on or off. */
export function switchScalar(source: string): boolean | undefined {
  if (switchesOn.has(source)) return true;
  return switchesOff.has(source) ? false : undefined;
}

/** A plain scalar where a text is wanted: its own text, whatever it looks like. */
export function textScalar(source: string): string | null {
  return nulls.has(source) ? null : source;
}

const day = String.raw`(\d{4})-(\d{1,2})-(\d{1,2})`;
const time = String.raw`(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?`;
const timestamp = new RegExp(`^${day}(?:(?:[Tt]${time}(Z|[-+]\\d\\d:\\d\\d))|(?: ${time}))?$`);

/** A YAML timestamp as RFC 3339 text; undefined if it is none. A day alone is its midnight in UTC. */
export function timestampText(source: string): string | undefined {
  const match = timestamp.exec(source);
  if (match === null) return undefined;
  const [, year, month, dayOfMonth, h1, m1, s1, f1, zone, h2, m2, s2, f2] = match;
  const two = (digits: string | undefined): string => (digits ?? '0').padStart(2, '0');
  const clock = `${two(h1 ?? h2)}:${two(m1 ?? m2)}:${two(s1 ?? s2)}${f1 ?? f2 ?? ''}`;
  return `${year}-${two(month)}-${two(dayOfMonth)}T${clock}${zone ?? 'Z'}`;
}
