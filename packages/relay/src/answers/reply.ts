import type { Fields } from '../json/write-json.ts';
import { fields } from '../json/write-json.ts';
import type { HeaderLines, Subscribe } from '../ports/http-exchange.ts';

/** What an endpoint says, before it is written out. */
export type Reply =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly value: Fields;
      readonly headers?: HeaderLines;
      /** Whether it has an ETag, and may be answered by "you have it already". */
      readonly isTagged?: boolean;
    }
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly text: string;
      readonly type: string;
      readonly headers?: HeaderLines;
    }
  | { readonly kind: 'events'; readonly subscribe: Subscribe }
  | { readonly kind: 'websocket'; readonly subscribe: Subscribe; readonly headers?: HeaderLines };

/** An answer in JSON. */
export function jsonReply(status: number, value: Fields): Reply {
  return { kind: 'json', status, value };
}

/** A refusal in the relay's usual words (goff-relay-protocol §1.3). */
export function refusal(status: number, message: string): Reply {
  return jsonReply(status, fields({ message }));
}
