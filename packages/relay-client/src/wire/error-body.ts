import { field, objectFrom } from './json-answer.ts';

/** How the relay words failures by default (goff-relay-protocol §1.3). */
export interface RelayError {
  readonly message: string;
}

/** How `/v1/flag/configuration` does (§3.3). */
export interface FlagConfigurationError {
  readonly errorCode: string;
  readonly errorDetails: string;
}

/** What an error body says, in whichever of its forms. */
export interface ErrorBody {
  readonly message?: string;
  readonly errorCode?: string;
}

/** Reads any error body. Never throws: gateways answer with whatever they like, and the status says enough. */
export function decodeErrorBody(text: string): ErrorBody {
  try {
    const body = objectFrom(text);
    const message = ['message', 'errorDetails', 'error'].map((name) => field(body, name)).find(isWords);
    const errorCode = field(body, 'errorCode');
    return { ...(message === undefined ? {} : { message }), ...(isWords(errorCode) ? { errorCode } : {}) };
  } catch {
    return {};
  }
}

function isWords(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
