/** Work that is waited for, until it is given up. A signal would do too, but warns of more than ten who listen. */
export class PendingWork {
  readonly #giveUps = new Set<(why: Error) => void>();

  /** Waits for work. What it comes to after `giveUp` is nobody's business. */
  run<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#giveUps.add(reject);
      work.then(resolve, reject).finally(() => this.#giveUps.delete(reject));
    });
  }

  /** Everybody who waits gets this error now. */
  giveUp(why: Error): void {
    for (const reject of this.#giveUps) reject(why);
  }
}
