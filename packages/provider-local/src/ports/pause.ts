/** Lets the event loop run what is waiting, then goes on. */
export type Pause = () => Promise<void>;
