import type { DrivenProcess } from './driven-process.ts';

/** How one provider of an application is doing, and what came of evaluations since it was told to forget. */
export interface Report {
  /** Absent until the start has succeeded or failed. */
  readonly start?: { readonly tookMs: number; readonly error?: string };
  readonly state: string;
  readonly ageMs: number;
  /** Of a remote provider: absent until it has learnt which flags there are. */
  readonly version?: string;
  /** How changes are learnt, of a remote provider. */
  readonly changes?: string;
  readonly lastError?: string;
  readonly evaluated: number;
  /** How often each value was served; `default` is the caller's. */
  readonly values: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, number>>;
  /** The last message of each error code. */
  readonly errors: Readonly<Record<string, string>>;
  readonly medianMs: number;
  readonly slowestMs: number;
  /** How often OpenFeature told of each event, since the beginning. */
  readonly events: Readonly<Record<string, number>>;
  /** Warnings and errors, since the beginning. */
  readonly log: readonly string[];
}

/** One evaluation. */
export interface Answer {
  readonly value: string;
  readonly reason: string;
  readonly errorMessage?: string;
  readonly tookMs: number;
}

/** Providers of an application by name, as `flag-client.mjs` takes them. */
export type ProviderSettings<Name extends string> = Readonly<Record<Name, object>>;

/** An application in a process of its own, whose providers are followed by name. */
export class FlagClient<Name extends string> {
  readonly #process: DrivenProcess;

  /** @param run runs `flag-client.mjs` with these settings */
  constructor(settings: ProviderSettings<Name>, run: (program: string, settings: object) => DrivenProcess) {
    this.#process = run('flag-client.mjs', settings);
  }

  report(): Promise<Readonly<Record<Name, Report>>> {
    return this.#process.tell({ report: true });
  }

  /** Waits until all providers are as they should be. */
  until(what: string, isSo: (report: Report, name: Name) => boolean): Promise<Readonly<Record<Name, Report>>> {
    const areAll = (reports: Readonly<Record<Name, Report>>): boolean =>
      (Object.entries(reports) as [Name, Report][]).every(([name, report]) => isSo(report, name));
    return this.#process.until(what, { report: true }, areAll);
  }

  /** Waits until all providers serve this value. */
  untilServed(value: string): Promise<Readonly<Record<Name, Report>>> {
    return this.until(`${value} is served`, ({ values }) => values[value] !== undefined);
  }

  /** Evaluations are counted anew. */
  forget(): Promise<unknown> {
    return this.#process.tell({ forget: true });
  }

  /** Evaluates once for each of these users, at the same time. */
  ask(name: Name, users: readonly string[]): Promise<readonly Answer[]> {
    return this.#process.tell({ ask: name, users });
  }

  /** Closes the providers and lets the process end by itself: `'0'` if all is well. */
  ended(): Promise<string> {
    return this.#process.ended();
  }
}
