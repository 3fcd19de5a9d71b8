import type { PushEnd, PushStream, PushStreamEvents } from '../../../src/index.ts';

/** One attempt to connect that a test sees and steers. */
export interface Attempt {
  readonly url: URL;
  readonly at: number;
  readonly events: PushStreamEvents;
  isClosed: boolean;
}

type Answer = 'opens' | 'hangs' | PushEnd;

/** A stream whose connections do what a test says: at first what `answer` says, then by hand. */
export class ScriptedStream implements PushStream {
  readonly name: 'websocket' | 'sse';
  readonly attempts: Attempt[] = [];
  answer: (path: string) => Answer;
  readonly #elapsed: () => number;

  constructor(name: 'websocket' | 'sse', elapsed: () => number, answer: (path: string) => Answer = () => 'opens') {
    this.name = name;
    this.#elapsed = elapsed;
    this.answer = answer;
  }

  open(url: string, events: PushStreamEvents): { close(): void } {
    const attempt: Attempt = { url: new URL(url), at: this.#elapsed(), events, isClosed: false };
    this.attempts.push(attempt);
    queueMicrotask(() => {
      const answer = this.answer(attempt.url.pathname);
      if (answer === 'opens') events.opened();
      else if (answer !== 'hangs') events.closed(answer);
    });
    return { close: () => void (attempt.isClosed = true) };
  }

  /** The attempt made last. */
  get last(): Attempt {
    return this.attempts[this.attempts.length - 1] as Attempt;
  }

  get paths(): string[] {
    return this.attempts.map(({ url }) => url.pathname);
  }

  /** What a relay pushes. */
  push(notice: object): void {
    this.last.events.message(`${JSON.stringify({ deleted: {}, added: {}, updated: {}, ...notice })}\n`);
  }

  pushUpdate(flag: string, before: unknown, after: unknown): void {
    this.push({ updated: { [flag]: { old_value: before, new_value: after } } });
  }

  lose(why = 'gone'): void {
    this.last.events.closed({ kind: 'lost', why });
  }
}
