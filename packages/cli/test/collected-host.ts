import type { Host } from '@halyard/cli';

/** A host whose output is kept, and that can be asked to stop. */
export function collectedHost(overrides: Partial<Pick<Host, 'env' | 'stdin'>> & { isTTY?: boolean } = {}): {
  host: Host;
  out(): string;
  err(): string;
  stop(): void;
} {
  const stopping = new AbortController();
  const { env = {}, isTTY = false, stdin } = overrides;
  let out = '';
  let err = '';
  return {
    host: {
      stdout: { write: (text) => (out += text), isTTY },
      stderr: { write: (text) => (err += text), isTTY },
      ...(stdin !== undefined && { stdin }),
      env,
      signal: stopping.signal,
      version: '1.2.3',
    },
    out: () => out,
    err: () => err,
    stop: () => stopping.abort(),
  };
}
