import type { Logger } from '@halyard/core';
import type { KeyRing, KeyUse } from '../access/key-ring.ts';
import { admissionOf } from '../access/presented-key.ts';
import type { Reply } from '../answers/reply.ts';
import { refusal } from '../answers/reply.ts';
import type { Digests } from '../ports/digests.ts';
import type { RelayAnswer, RelayRequest } from '../ports/http-exchange.ts';
import { queryParameter } from '../routes/query-parameter.ts';
import type { Guard, Route } from '../routes/route.ts';
import { routeOf } from '../routes/route.ts';
import type { RelayState } from './call.ts';
import { endpointTable } from './endpoints/endpoint-table.ts';
import { brokenPathAnswer, preflightAnswer, writtenAnswer } from './written-answer.ts';

/** What the desk is made of. */
export interface RelayDeskParts {
  readonly state: RelayState;
  readonly keys: KeyRing;
  readonly digests: Digests;
  /** For the version header; undefined for none. */
  readonly version: string | undefined;
  readonly logger: Logger;
}

type Passed = { readonly caller: KeyUse | undefined } | { readonly refused: Reply };

/** Answers requests: finds out where they lead, who asks, and has the answer written. */
export class RelayDesk {
  readonly #parts: RelayDeskParts;

  constructor(parts: RelayDeskParts) {
    this.#parts = parts;
  }

  /** Answers one request. Never rejects. */
  async answer(request: RelayRequest): Promise<RelayAnswer> {
    const { digests, version, logger } = this.#parts;
    try {
      const route = routeOf(request.method, request.target);
      if (route.kind === 'broken path') return brokenPathAnswer;
      if (request.method === 'OPTIONS') {
        return preflightAnswer(request, route.kind === 'wrong method' ? route.allowed : undefined);
      }
      return writtenAnswer(await this.#reply(request, route), request, { digests, version });
    } catch (error) {
      logger.error('a request failed', error);
      return writtenAnswer(refusal(500, 'Internal Server Error'), request, { digests, version });
    }
  }

  async #reply(request: RelayRequest, route: Exclude<Route, { kind: 'broken path' }>): Promise<Reply> {
    if (route.kind === 'wrong method') return methodRefusal(route.allowed);
    const passed = this.#admit(request, route.guard);
    if ('refused' in passed) return passed.refused;
    if (route.kind === 'nothing') return refusal(404, 'Not Found');
    const { caller } = passed;
    return endpointTable[route.name]({ request, caller, flagKey: route.flagKey, state: this.#parts.state });
  }

  #admit(request: RelayRequest, guard: Guard): Passed {
    const { keys } = this.#parts;
    if (guard === 'none') return { caller: undefined };
    if (guard === 'stream') {
      const caller = keys.useOf(queryParameter(request.target, 'apiKey') ?? '');
      return keys.isLocked && caller === undefined ? { refused: refusal(401, 'Unauthorized') } : { caller };
    }
    const admission = admissionOf(request.headers, keys, guard);
    return 'refusal' in admission ? { refused: refusal(401, admission.refusal) } : admission;
  }
}

function methodRefusal(allowed: string): Reply {
  const reply = refusal(405, 'Method Not Allowed');
  return reply.kind === 'json' ? { ...reply, headers: [['Allow', allowed]] } : reply;
}
