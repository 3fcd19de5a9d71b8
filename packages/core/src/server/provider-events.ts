import type {
  AnyProviderEvent,
  EventContext,
  EventDetails,
  EventHandler,
  Logger,
  ProviderEventEmitter,
} from '@openfeature/core';

/** The event emitter that the OpenFeature SDK subscribes to. Has no limit on domains that share one provider. */
export class ProviderEvents implements ProviderEventEmitter<AnyProviderEvent> {
  readonly #handlers = new Map<AnyProviderEvent, EventHandler[]>();
  #logger: Logger | undefined;

  emit(event: AnyProviderEvent, details?: EventContext): void {
    for (const handler of this.getHandlers(event)) void this.#run(handler, details);
  }

  addHandler(event: AnyProviderEvent, handler: EventHandler): void {
    this.#handlers.set(event, [...this.getHandlers(event), handler]);
  }

  removeHandler(event: AnyProviderEvent, handler: EventHandler): void {
    const handlers = this.getHandlers(event);
    const index = handlers.indexOf(handler);
    if (index >= 0) this.#handlers.set(event, handlers.toSpliced(index, 1));
  }

  removeAllHandlers(event?: AnyProviderEvent): void {
    if (event === undefined) this.#handlers.clear();
    else this.#handlers.delete(event);
  }

  getHandlers(event: AnyProviderEvent): EventHandler[] {
    return this.#handlers.get(event) ?? [];
  }

  setLogger(logger: Logger): this {
    this.#logger = logger;
    return this;
  }

  async #run(handler: EventHandler, details: EventContext | undefined): Promise<void> {
    try {
      await handler(details as EventDetails);
    } catch (error) {
      this.#logger?.error('an event handler failed', error);
    }
  }
}
