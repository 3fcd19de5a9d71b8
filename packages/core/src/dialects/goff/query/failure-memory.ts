/** Where in the grammar a parser was when it failed. */
export type Place =
  | 'query'
  | 'group-start'
  | 'group-open'
  | 'group-content'
  | 'group-end'
  | 'group-close'
  | 'comparison-space'
  | 'logic-space'
  | 'value'
  | 'integer'
  | 'integer-item'
  | 'double-item'
  | 'string-item';

/** What a parser remembers of its failures until a token is where it belongs again (goff-evaluation §10.4). */
interface FailureMemory {
  /** Since a failure no token was where it belongs. */
  readonly recovering: boolean;
  startRecovering(): void;
  /** Whether this is where it failed before. */
  knows(place: Place, position: number): boolean;
  add(place: Place, position: number): void;
  forget(): void;
}

export function createFailureMemory(): FailureMemory {
  const places = new Set<Place>();
  let lastPosition = -1;
  let recovering = false;
  return {
    get recovering() {
      return recovering;
    },
    startRecovering: () => {
      recovering = true;
    },
    knows: (place, position) => lastPosition === position && places.has(place),
    add: (place, position) => {
      recovering = true;
      lastPosition = position;
      places.add(place);
    },
    forget: () => {
      recovering = false;
      lastPosition = -1;
      if (places.size > 0) places.clear();
    },
  };
}
