/** Hashing, which every platform has in its own way. */
export interface Digests {
  /** SHA-1 of the UTF-8 bytes, in hex. For ETags. */
  sha1(text: string): string;
  /** The number of UTF-8 bytes. */
  byteLength(text: string): number;
}

/** Secrets that can be recognised, in a time that says nothing about how near a guess was. */
export interface SecretIndex {
  /** Which of the secrets it is, counted from 0; undefined for none of them. */
  find(presented: string): number | undefined;
}
