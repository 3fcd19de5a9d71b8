import type { TransportResponse } from '@halyard/core';
import type { Dispatcher } from 'undici';
import type { RelayTransportRequest } from '../../ports/closable-transport.ts';
import type { BoundedBody } from '../bounded-body.ts';
import { networkFailure } from '../network-failure.ts';
import { answerOf } from './answer.ts';
import { headerTexts } from './header-texts.ts';

type Controller = Dispatcher.DispatchController;
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/**
 * One request on its way through a pool. Undici's `request` does the same with a stream between, which costs a third
 * of the time of a small answer.
 */
export class PooledExchange implements Dispatcher.DispatchHandler {
  /** Rejects at once when the signal fires, also while the request waits for a connection. */
  readonly response: Promise<TransportResponse>;
  /** What undici is asked for. */
  readonly dispatched: Dispatcher.DispatchOptions;
  readonly request: RelayTransportRequest;
  /** Lets the request no longer wait, when it is given up. */
  leave: (() => void) | undefined;
  /** Takes the request back if nothing of it was sent; else its exchange fails. */
  takeBack: ((exchange: PooledExchange) => void) | undefined;
  readonly #body: BoundedBody;
  readonly #signal: AbortSignal;
  readonly #abort = (): void => {
    this.#settle.reject(this.#signal.reason as Error);
    this.#isSettled = true;
    this.leave?.();
    this.#controller?.abort(this.#signal.reason as Error);
  };
  #settle!: { resolve(response: TransportResponse | Promise<TransportResponse>): void; reject(error: Error): void };
  #isSettled = false;
  #controller: Controller | undefined;
  #status = 0;
  #headers: Headers = {};

  /** @param path that of the request's URL, as it is written there */
  constructor(request: RelayTransportRequest, path: string, answer: BoundedBody, signal: AbortSignal) {
    const { method, headers, body = null } = request;
    // named one by one: undici reads a copy made by spreading several times slower
    this.dispatched = { path, method, headers, body };
    this.request = request;
    this.#body = answer;
    this.#signal = signal;
    this.response = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    if (signal.aborted) this.#abort();
    else signal.addEventListener('abort', this.#abort, { once: true });
  }

  /** Whether there is an answer or a failure, or the request was given up. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#signal.aborted) controller.abort(this.#signal.reason as Error);
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers): void {
    // an answer is yet to come
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Controller, chunk: Uint8Array): void {
    if (!this.#body.add(chunk)) controller.abort(this.#body.tooLarge(this.request.url));
  }

  onResponseEnd(): void {
    this.#letGo();
    try {
      this.#settle.resolve(answerOf(this.#status, headerTexts(this.#headers), this.#body, this.request.url));
    } catch (error) {
      this.#settle.reject(error as Error);
    }
  }

  onResponseError(_controller: Controller, error: Error): void {
    const isUnsent = this.#controller === undefined;
    if (isUnsent && !this.#isSettled && this.takeBack !== undefined) this.takeBack(this);
    else this.fail(error);
  }

  /** Ends without an answer. */
  fail(error: Error): void {
    this.#letGo();
    this.#settle.reject(networkFailure(error, this.request, this.#status === 0));
  }

  #letGo(): void {
    this.#isSettled = true;
    this.#signal.removeEventListener('abort', this.#abort);
  }
}
