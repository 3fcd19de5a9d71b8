import type { Instant } from './instant.ts';

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const DAYS_FROM_YEAR_0_TO_1970 = 719_528;

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days since 1970-01-01, or undefined for a day the calendar does not have. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12) return undefined;
  const before = DAYS_BEFORE_MONTH[month - 1] as number;
  const length = (DAYS_BEFORE_MONTH[month] as number) - before + (month === 2 && isLeapYear(year) ? 1 : 0);
  if (day < 1 || day > length) return undefined;
  const leapDays = Math.floor((year + 3) / 4) - Math.floor((year + 99) / 100) + Math.floor((year + 399) / 400);
  const leapDayOfThisYear = month > 2 && isLeapYear(year) ? 1 : 0;
  return year * 365 + leapDays + before + leapDayOfThisYear + day - 1 - DAYS_FROM_YEAR_0_TO_1970;
}

const nanosOf = (fraction: string | undefined): number =>
  fraction === undefined ? 0 : Number(fraction.slice(0, 9).padEnd(9, '0'));

/**
 * Reads a date the way the relay does (goff-evaluation §2), which is not RFC 3339 to the letter: one hour digit is
 * enough, a comma may start the fraction, and an offset may be as far as 24:60. Years 0000 to 9999, no leap second.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const field = (index: number): number => Number(match[index] ?? 0);
  const [hour, minute, second, offsetHour, offsetMinute] = [field(4), field(5), field(6), field(9), field(10)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 24 || offsetMinute > 60) return undefined;
  const day = dayNumber(field(1), field(2), field(3));
  if (day === undefined) return undefined;
  const local = day * 86_400 + hour * 3600 + minute * 60 + second;
  const offset = (offsetHour * 60 + offsetMinute) * 60;
  return { seconds: match[8] === '-' ? local + offset : local - offset, nanos: nanosOf(match[7]) };
}

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * A date as the relay writes it back: RFC 3339 in the offset it was given in, `Z` for none, as many fraction digits
 * as it needs, nine at most.
 *
 * @returns undefined for what {@link parseInstant} refuses
 */
export function rfc3339Text(text: string): string | undefined {
  const match = parseInstant(text) === undefined ? null : SHAPE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour, offsetMinute] = match;
  const digits = fraction.slice(0, 9).replace(/0+$/, '');
  const offset = Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0);
  const zone = offset === 0 ? 'Z' : `${sign}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
  return `${year}-${month}-${day}T${two(Number(hour))}:${minute}:${second}${digits && `.${digits}`}${zone}`;
}
