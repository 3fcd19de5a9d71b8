// What a relay says about itself (goff-relay-protocol §3.6).
import { booleanField, invalidAnswer, objectField, objectFrom, textField } from './json-answer.ts';

/** What `GET /health` answers. */
export interface RelayHealth {
  readonly initialized: boolean;
}

/** What `GET /info` answers. */
export interface RelayInfo {
  /** When the flags were last loaded, as RFC 3339; the year 1 for never. */
  readonly cacheRefresh: string;
  /** The same for each flag set, where there are flag sets. */
  readonly flagsets?: Readonly<Record<string, string>>;
}

/** What `POST /admin/v1/retriever/refresh` answers. */
export interface RefreshAnswer {
  /** Whether the flags could be loaded. */
  readonly refreshed: boolean;
}

/** @throws HalyardError `RESPONSE_INVALID` */
export function decodeHealth(text: string): RelayHealth {
  const initialized = booleanField(objectFrom(text), 'initialized');
  if (initialized === undefined) throw invalidAnswer('initialized: found nothing, expected a boolean');
  return { initialized };
}

/** @throws HalyardError `RESPONSE_INVALID` */
export function decodeInfo(text: string): RelayInfo {
  const answer = objectFrom(text);
  const cacheRefresh = textField(answer, 'cacheRefresh');
  const sets = objectField(answer, 'flagsets');
  if (cacheRefresh === undefined) throw invalidAnswer('cacheRefresh: found nothing, expected a date');
  if (sets === undefined) return { cacheRefresh };
  const flagsets = Object.keys(sets).map((name) => [name, textField(sets, name) ?? '']);
  return { cacheRefresh, flagsets: Object.fromEntries(flagsets) as Record<string, string> };
}
