import type { SecretIndex } from '../ports/digests.ts';

/** What a key opens. */
export interface KeyUse {
  readonly isAdmin: boolean;
  /** The flag set it belongs to; undefined for none. */
  readonly flagSet: string | undefined;
}

/** Which keys there are. A key may be an admin key and belong to a flag set as well. */
export interface KeyChoice {
  readonly apiKeys: readonly string[];
  readonly adminKeys: readonly string[];
  readonly flagSets: readonly { readonly name: string; readonly apiKeys: readonly string[] }[];
}

/** The keys that the relay knows (goff-relay-protocol §1.4). */
export class KeyRing {
  /** Whether evaluation needs a key: not with admin keys alone. */
  readonly isLocked: boolean;
  readonly #index: SecretIndex;
  readonly #uses: readonly KeyUse[];

  /** @param indexOf makes secrets findable */
  constructor({ apiKeys, adminKeys, flagSets }: KeyChoice, indexOf: (secrets: readonly string[]) => SecretIndex) {
    const evaluation = [...apiKeys, ...flagSets.flatMap((set) => set.apiKeys)];
    const keys = [...new Set([...evaluation, ...adminKeys])];
    this.isLocked = evaluation.length > 0;
    this.#index = indexOf(keys);
    this.#uses = keys.map((key) => ({
      isAdmin: adminKeys.includes(key),
      flagSet: flagSets.find((set) => set.apiKeys.includes(key))?.name,
    }));
  }

  /** What a key opens; undefined for one that is not known. */
  useOf(key: string): KeyUse | undefined {
    const place = this.#index.find(key);
    return place === undefined ? undefined : this.#uses[place];
  }
}
