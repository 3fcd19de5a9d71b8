import type { EngineEvent } from '@halyard/core';
import { goffDialect, instantOfMillis } from '@halyard/core';
import { ManualClock, recordingLogger } from '@halyard/testkit';
import { FlagCache } from '../../../src/engine/layers/flag-cache.ts';
import { LayeredSource } from '../../../src/engine/layers/layered-source.ts';
import { LocalEngine } from '../../../src/engine/local-engine.ts';
import type { Source } from '../../../src/index.ts';
import { inlineSource } from '../../../src/index.ts';
import { nodeDigest } from '../../../src/platform/node/node-digest.ts';
import type { SavedText } from '../../../src/ports/saved-text.ts';
import { switchedTo } from '../../flag-definitions.ts';

/** A place to save in that a test may look into. */
export class MemoryText implements SavedText {
  readonly place = 'memory';
  text: string | undefined;
  writes = 0;
  trouble: Error | undefined;
  /** What a write waits for. */
  before: Promise<void> = Promise.resolve();
  constructor(text?: string) {
    this.text = text;
  }
  async read(): Promise<string | undefined> {
    if (this.trouble !== undefined) throw this.trouble;
    return this.text;
  }
  async write(text: string): Promise<void> {
    this.writes++;
    await this.before;
    if (this.trouble !== undefined) throw this.trouble;
    this.text = text;
  }
}

/** An engine over layers, on a clock that a test moves. */
export interface LayeredEngine {
  readonly engine: LocalEngine;
  readonly clock: ManualClock;
  readonly events: EngineEvent[];
  /** What is in force: `true`, `false`, or the reason why there is nothing. */
  readonly value: () => unknown;
  /** State by layer. */
  readonly layers: () => string[];
  readonly warnings: () => string[];
}

const open: LocalEngine[] = [];
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.stop();
});

export function layeredEngine(
  sources: readonly Source[],
  { cache, bootstrap, clock = new ManualClock() }: { cache?: SavedText; bootstrap?: boolean; clock?: ManualClock } = {},
): LayeredEngine {
  const logger = recordingLogger();
  const warnings = { warn: (_message: string): void => undefined };
  const names = sources.map((source) => source.describe());
  const warn = (message: string): void => warnings.warn(message);
  const source: LayeredSource = new LayeredSource({
    ...{ sources, clock, warnings, slowAfterMs: 1_000, another: () => source },
    cache: cache && new FlagCache({ text: cache, clock, digest: nodeDigest, sources: names, warn }),
    bootstrap: bootstrap === undefined ? undefined : inlineSource({ flag: switchedTo(bootstrap) }),
  });
  const engine = new LocalEngine({
    ...{ source, clock, logger, random: () => 0, pause: async () => undefined },
    dialect: goffDialect({ enrichment: {}, now: () => instantOfMillis(clock.now()) }),
    pollIntervalMs: source.pollIntervalMs,
    staleAfterMs: 30_000,
  });
  open.push(engine);
  const events: EngineEvent[] = [];
  engine.on((event) => void events.push(event));
  return {
    ...{ engine, clock, events },
    value: () => engine.resolve('flag', {}).resolution.value ?? engine.resolve('flag', {}).resolution.errorCode,
    layers: () => (engine.status().layers ?? []).map(({ state }) => state),
    warnings: () => logger.entries.filter(({ level }) => level === 'warn').map(({ message }) => message),
  };
}
