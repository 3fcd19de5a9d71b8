// One flag file, one answer: decided here, by the embedded relay, or by the relay proxy, whatever the protocol.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Resolution } from '@halyard/core';
import { LocalProvider } from '@halyard/provider-local';
import { RemoteProvider } from '@halyard/provider-remote';
import { recordingLogger } from '@halyard/testkit';
import type { EvaluationContext, ResolutionDetails } from '@openfeature/server-sdk';
import type { RelayUnderTest } from './relay-under-test.ts';
import { describeBothRelays } from './relay-under-test.ts';
import { flagsText } from './scenario-flags.ts';

jest.setTimeout(180_000);

const QUESTIONS = 10_000;
const AT_A_TIME = 32;

interface Question {
  readonly key: string;
  readonly context: Record<string, unknown>;
}

interface RandomCase {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly keys: readonly string[];
  readonly questions: readonly Question[];
}

const named = ['switch', 'colour', 'limit', 'theme', 'off', 'quiet', 'timed', 'who', 'missing'];
const MOST_FLAGS = 150;

/** The most elaborate ones of many random flags, a few that are refused, and questions about them. */
async function randomCase(seed: number): Promise<RandomCase> {
  const script = join(__dirname, 'random-questions.mjs');
  const args = [script, String(seed), '4000', String(QUESTIONS)];
  const text = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const { flags, questions } = JSON.parse(text) as {
    flags: Record<string, unknown>;
    questions: { share: number; context: Record<string, unknown> }[];
  };
  const provider = new LocalProvider({ source: flags, logger: recordingLogger() });
  await provider.initialize();
  const valid = provider.snapshot({}).keys();
  await provider.onClose();
  const longest = valid.toSorted((left, right) => sizeOf(flags[right]) - sizeOf(flags[left])).slice(0, MOST_FLAGS);
  const refused = Object.keys(flags)
    .filter((key) => !valid.includes(key))
    .slice(0, 5);
  const chosen = [...longest, ...refused];
  const keys = [...chosen, ...named];
  const keyAt = (share: number): string => keys[Math.floor(share * keys.length)] as string;
  return {
    flags: Object.fromEntries(chosen.map((key) => [key, flags[key]])),
    keys,
    questions: questions.map(({ share, context }) => ({ key: keyAt(share), context })),
  };
}

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

/** JSON is YAML, one flag a line. */
const linesOf = (flags: Record<string, unknown>): string =>
  Object.entries(flags)
    .map(([key, flag]) => `${key}: ${JSON.stringify(flag)}\n`)
    .join('');

interface Answer {
  readonly value: unknown;
  readonly variant: unknown;
  readonly reason: unknown;
  readonly errorCode: unknown;
}

const answerOf = ({ value, variant, reason, errorCode }: Resolution | ResolutionDetails<unknown>): Answer => ({
  value,
  variant,
  reason,
  errorCode,
});

type Asker = Pick<
  RemoteProvider,
  'resolveBooleanEvaluation' | 'resolveStringEvaluation' | 'resolveNumberEvaluation' | 'resolveObjectEvaluation'
>;

/** Asks with the resolver that fits the kind the flag has for this context. */
async function ask(provider: Asker, { key, context }: Question, kind: string): Promise<Answer> {
  const known = context as EvaluationContext;
  switch (kind) {
    case 'string':
      return answerOf(await provider.resolveStringEvaluation(key, 'default', known));
    case 'number':
      return answerOf(await provider.resolveNumberEvaluation(key, -1, known));
    case 'object':
      return answerOf(await provider.resolveObjectEvaluation(key, { mine: true }, known));
    default:
      return answerOf(await provider.resolveBooleanEvaluation(key, true, known));
  }
}

async function differencesOf(
  local: LocalProvider,
  remote: RemoteProvider,
  asked: readonly Question[],
): Promise<object[]> {
  const found: object[] = [];
  const rest = asked.values();
  const askAll = async (): Promise<void> => {
    for (const question of rest) {
      const kind = typeof local.evaluate(question.key, null, question.context).value;
      const [here, there] = [await ask(local, question, kind), await ask(remote, question, kind)];
      if (JSON.stringify(here) !== JSON.stringify(there)) found.push({ ...question, here, there });
    }
  };
  await Promise.all([...Array(AT_A_TIME)].map(askAll));
  return found;
}

describeBothRelays('parity', (create) => {
  let keys: readonly string[];
  let asked: readonly Question[];
  let relay: RelayUnderTest;
  let local: LocalProvider;

  beforeAll(async () => {
    const { flags, ...random } = await randomCase(7);
    ({ keys, questions: asked } = random);
    relay = create({ files: { 'flags.yaml': `${flagsText}\n${linesOf(flags)}` } });
    await relay.start();
    local = new LocalProvider({ source: `${relay.folder}/flags.yaml`, logger: recordingLogger() });
    await local.initialize();
  });

  afterAll(async () => {
    await local.onClose();
    await relay.remove();
  });

  test.each(['goff', 'ofrep'] as const)(
    `${QUESTIONS} random contexts have the same answers by %s`,
    async (protocol) => {
      const options = { endpoint: relay.url, protocol, cache: false, collect: false, changes: 'off' } as const;
      const remote = new RemoteProvider({ ...options, timeoutMs: 60_000, logger: recordingLogger() });
      await remote.initialize();
      const found = await differencesOf(local, remote, asked);
      await remote.onClose();
      expect(found.slice(0, 5)).toEqual([]);
    },
  );

  test('the questions reach every kind of answer', () => {
    const counts = new Map<string, number>();
    for (const { key, context } of asked) {
      const { reason, errorCode = '' } = local.evaluate(key, null, context);
      const kind = `${reason} ${errorCode}`.trimEnd();
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    const kinds = ['STATIC', 'DEFAULT', 'SPLIT', 'TARGETING_MATCH', 'TARGETING_MATCH_SPLIT', 'DISABLED'];
    const errors = ['ERROR FLAG_NOT_FOUND', 'ERROR TARGETING_KEY_MISSING', 'ERROR GENERAL'];
    const rare = [...kinds, ...errors].filter((kind) => (counts.get(kind) ?? 0) < 50);
    expect({ rare, counts }).toMatchObject({ rare: [] });
  });

  test('all flags at once have the same answers as each alone', async () => {
    const remote = new RemoteProvider({
      endpoint: relay.url,
      collect: false,
      changes: 'off',
      logger: recordingLogger(),
    });
    await remote.initialize();
    for (const { context } of asked.slice(0, 50)) {
      const [here, there] = [local.snapshot(context), await remote.snapshot(context)];
      for (const key of keys) {
        const alone = answerOf(here.details<unknown>(key, null));
        // the relay calls a variation of null a mismatch of types, but only in bulk (goff-relay-protocol §3.2)
        const isNull = alone.value === null && alone.errorCode === undefined && alone.reason !== 'DISABLED';
        const mismatch = { value: null, variant: 'SdkDefault', reason: 'ERROR', errorCode: 'TYPE_MISMATCH' };
        const expected = isNull ? mismatch : alone;
        expect({ context, key, ...answerOf(there.details<unknown>(key, null)) }).toEqual({ context, key, ...expected });
      }
    }
    await remote.onClose();
  });
});
