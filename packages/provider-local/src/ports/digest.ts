/** A short text that is different for different texts. */
export type Digest = (text: string) => string;
