/** A source of randomness: a number from 0 (included) to 1 (excluded) at each call. */
export type Random = () => number;
