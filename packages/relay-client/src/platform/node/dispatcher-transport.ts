import type { Transport } from '@halyard/core';
import { BoundedBody } from '../bounded-body.ts';
import { networkFailure } from '../network-failure.ts';
import { headerTexts } from './header-texts.ts';
import { answerOf } from './answer.ts';
import { originAndPath } from './origin-and-path.ts';

/** What is needed of a dispatcher of `undici`, of whatever version: `new Agent(…)`, `new ProxyAgent(…)`. */
export interface RequestDispatcher {
  request(options: {
    origin: string;
    path: string;
    method: 'GET' | 'POST';
    headers: Record<string, string>;
    body: string | null;
    signal: AbortSignal;
  }): Promise<{
    statusCode: number;
    headers: Record<string, string | string[] | undefined>;
    body: AsyncIterable<Uint8Array>;
  }>;
}

/** Sends requests by a dispatcher of the user's, which stays the user's to close. */
export function dispatcherTransport(dispatcher: RequestDispatcher, maxBodyBytes: number): Transport {
  return async (request, signal) => {
    const { method, url, headers, body = null } = request;
    let isAnswered = false;
    try {
      const options = { ...originAndPath(url), method, headers: { ...headers }, body, signal };
      const response = await dispatcher.request(options);
      isAnswered = true;
      const bytes = new BoundedBody(maxBodyBytes);
      for await (const chunk of response.body) if (!bytes.add(chunk)) throw bytes.tooLarge(url);
      return await answerOf(response.statusCode, headerTexts(response.headers), bytes, url);
    } catch (error) {
      throw networkFailure(error, request, !isAnswered);
    }
  };
}
