import type { EvaluationContext, FlagEntry, FlagSet } from '@halyard/core';
import { checkContext, compareCodePoints, ContextFault, errorOutcome, fnv1a, writtenFlag } from '@halyard/core';
import type { FlagAnswer, FlagFacts } from '../answers/flag-answer.ts';
import { flagAnswer } from '../answers/flag-answer.ts';
import { definitionFields } from '../answers/written-definition.ts';
import type { Fields } from '../json/write-json.ts';
import type { Asker } from '../requests/goff-request.ts';

/** A flag that passed validation, with what the relay tells of it. */
export interface ServedFlag extends FlagFacts {
  readonly key: string;
  /** The definition as the relay writes it back. */
  readonly definition: Fields;
  readonly hash: number;
  /** Whether bucketing reads the attribute `targetingKey`, which `/v1` contexts do not have (§3.1). */
  readonly bucketsByAttribute: boolean;
}

/** What was made of the entries so far; those of unchanged flags live on from set to set. */
export type ServedMemory = WeakMap<FlagEntry, ServedFlag | 'unservable'>;

function servedFlag(entry: FlagEntry): ServedFlag {
  const written = writtenFlag(entry) ?? {};
  const definition = definitionFields(written);
  const { version = '', metadata, trackEvents = true, bucketingKey = '' } = written;
  return {
    key: entry.key,
    definition,
    get hash() {
      return fnv1a(definition.text);
    },
    version: version as string,
    metadata: metadata as FlagFacts['metadata'],
    trackEvents: trackEvents as boolean,
    bucketsByAttribute: (bucketingKey as string).split('.')[0] === 'targetingKey',
  };
}

function servedSafely(entry: FlagEntry): ServedFlag | 'unservable' {
  try {
    const flag = servedFlag(entry);
    void flag.definition.text;
    return flag;
  } catch {
    return 'unservable';
  }
}

/** One state of the flags, as the relay serves it: refused flags are not there. */
export class ServedFlags {
  readonly set: FlagSet;
  readonly #memory: ServedMemory;
  #all: readonly ServedFlag[] | undefined;

  constructor(set: FlagSet, memory: ServedMemory) {
    this.set = set;
    this.#memory = memory;
  }

  find(key: string): ServedFlag | undefined {
    const entry = this.set.entry(key);
    return entry?.decision === undefined ? undefined : this.#serve(entry);
  }

  /** All flags, sorted by key as Go sorts maps. Reads every flag. */
  all(): readonly ServedFlag[] {
    return (this.#all ??= this.#sorted());
  }

  /** What a flag says to somebody who gave `defaultValue`. */
  evaluate(flag: ServedFlag, asker: Asker, defaultValue: unknown): FlagAnswer {
    return this.#answer(flag, checkContext(contextFor(asker, flag)), defaultValue);
  }

  /** What the flags say that are asked for: those of the list, else all. */
  evaluateAll(asker: Asker, wanted: readonly string[] | undefined): (readonly [key: string, FlagAnswer])[] {
    const flags = wanted?.flatMap((key) => this.find(key) ?? []) ?? this.all();
    const usual = checkContext({ ...asker.attributes, targetingKey: asker.key });
    return [...new Set(flags)].map((flag) => {
      const context = flag.bucketsByAttribute ? checkContext(contextFor(asker, flag)) : usual;
      return [flag.key, this.#answer(flag, context, null)];
    });
  }

  #answer(flag: ServedFlag, context: ReturnType<typeof checkContext>, defaultValue: unknown): FlagAnswer {
    const outcome =
      context instanceof ContextFault
        ? errorOutcome('INVALID_CONTEXT', context.message)
        : this.set.decide(flag.key, context);
    return flagAnswer(outcome, flag, defaultValue);
  }

  #sorted(): ServedFlag[] {
    const entries = [...this.set.entries()].filter(({ decision }) => decision !== undefined);
    return entries
      .flatMap((entry) => this.#serve(entry) ?? [])
      .sort((left, right) => compareCodePoints(left.key, right.key));
  }

  /** @returns undefined for a definition that cannot be written: that costs this flag and nothing else */
  #serve(entry: FlagEntry): ServedFlag | undefined {
    const known = this.#memory.get(entry) ?? servedSafely(entry);
    this.#memory.set(entry, known);
    return known === 'unservable' ? undefined : known;
  }
}

/** The context that decides: where bucketing reads the attribute `targetingKey`, only the caller's own counts. */
function contextFor({ attributes, key }: Asker, { bucketsByAttribute }: ServedFlag): EvaluationContext {
  return bucketsByAttribute ? (attributes as EvaluationContext) : { ...attributes, targetingKey: key };
}
