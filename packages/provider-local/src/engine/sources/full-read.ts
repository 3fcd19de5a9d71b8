/** After this long "not changed" is not believed: tags get lost, repeated and weakened on their way. In milliseconds. */
export const FULL_READ_MS: number = 15 * 60_000;
