import type { Diagnostic, FlagDefinition, Place, Position } from '@halyard/core';
import { HalyardError } from '@halyard/core';

/** Something in a text that counts for nothing, although it looks as if it did. */
export interface Oddity extends Diagnostic {
  readonly position: Position;
}

/** A document as flags: what to evaluate, and where everything stands in the text. */
export interface DecodedDocument {
  readonly origin: string;
  readonly flags: ReadonlyMap<string, FlagDefinition>;
  /**
   * Gets ready to find places (paths from the top of the document) in the text. Costs about as much as decoding; the
   * answer is for many places, and not to be kept. Its answers are undefined where there is no text.
   */
  locator(): (place: Place) => Position | undefined;
  /** What is odd about the text itself: its values do not show it. Costs about as much as decoding. */
  oddities(): readonly Oddity[];
}

/** What goes for every decoder. */
export const decodingLimits = {
  /** Objects and lists inside each other. */
  depth: 1_000,
  /** Values that YAML aliases stand for, altogether. */
  aliasedValues: 500_000,
} as const;

/** The error for a text that cannot be decoded. Without its cause: decoders quote what they read, which may be no flags. */
export function undecodable(origin: string, message: string, position?: Position): HalyardError {
  const place = position === undefined ? origin : `${origin}:${position.line}:${position.column}`;
  const details = { origin, ...(position !== undefined && { ...position }) };
  return new HalyardError('SOURCE_INVALID', `${place}: ${message}`, { details });
}
