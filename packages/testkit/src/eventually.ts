const PERIOD_MS = 10;

/**
 * Waits until `isSo` returns true. The limit is generous: it says that something never happens, not that it is slow.
 *
 * @throws Error that names `what` after 30 seconds
 */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  }
}
