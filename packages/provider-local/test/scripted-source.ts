import type { LoadedFlags, Source } from '../src/index.ts';
import { switchedTo } from './flag-definitions.ts';

/** What a scripted source does next: flags with `flag` on or off, none at all, a text, an error, or nothing ever. */
export type ScriptedAnswer = boolean | 'none' | 'hang' | Error | { readonly text: string };

/** A source whose next answers a test writes down; the last one is given again and again. */
export class ScriptedSource implements Source {
  readonly answers: ScriptedAnswer[];
  readonly pollIntervalMs = 10_000;
  readonly emptyAfterMs = 60_000;
  readonly name: string;
  /** With which version each load came. */
  readonly loads: (string | undefined)[] = [];
  notice: () => void = () => undefined;
  #answerLate: ((flags: LoadedFlags) => void)[] = [];

  constructor(name: string, ...answers: ScriptedAnswer[]) {
    this.name = name;
    this.answers = answers;
  }

  describe(): string {
    return this.name;
  }

  watch(onChange: () => void): void {
    this.notice = onChange;
  }

  /** Answers the loads that hang. */
  answerLate(answer: ScriptedAnswer): void {
    for (const resolve of this.#answerLate.splice(0)) resolve(this.#flags(answer));
  }

  load(previousVersion: string | undefined): Promise<LoadedFlags | 'unchanged'> {
    this.loads.push(previousVersion);
    const answer = (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? 'hang';
    if (answer === 'hang') return new Promise((resolve) => this.#answerLate.push(resolve));
    if (answer instanceof Error) return Promise.reject(answer);
    const flags = this.#flags(answer);
    return Promise.resolve(flags.version === previousVersion ? 'unchanged' : flags);
  }

  #flags(answer: ScriptedAnswer): LoadedFlags {
    if (typeof answer === 'object' && 'text' in answer) {
      const { text } = answer;
      return { version: text, documents: [{ origin: this.name, format: 'json', text }] };
    }
    const definitions = typeof answer === 'boolean' ? { flag: switchedTo(answer) } : {};
    return { version: String(answer), documents: [{ origin: this.name, definitions }] };
  }
}
