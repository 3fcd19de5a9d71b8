import type { Clock, Transport, TransportResponse } from '@halyard/core';
import { HalyardError, isHalyardError } from '@halyard/core';
import { ManualClock, settled } from '@halyard/testkit';
import type { ApiKey, ClosableTransport, RelayClient } from '../../src/index.ts';
import { createRelayClient, parseEndpoint } from '../../src/index.ts';
import { flagIsOn } from '../relay-answers.ts';

/** What came of a call: `on`, or the code of the failure; undefined as long as nothing came. */
interface Told {
  result?: string;
  details?: Readonly<Record<string, unknown>>;
}

const good: TransportResponse = { status: 200, headers: {}, body: JSON.stringify(flagIsOn) };
const refusal: TransportResponse = { status: 401, headers: {}, body: '' };
const never: Transport = () => new Promise(() => undefined);

function clientOver(transport: ClosableTransport, clock: Clock, apiKey?: ApiKey): RelayClient {
  const endpoint = parseEndpoint('http://relay');
  return createRelayClient({ endpoint, apiKey, transport, timeoutMs: 5_000, protocol: 'goff', clock });
}

function told(work: Promise<unknown>): Told {
  const outcome: Told = {};
  work.then(
    () => (outcome.result = 'on'),
    (error: unknown) => {
      outcome.result = isHalyardError(error) ? error.code : `unexpected: ${String(error)}`;
      if (isHalyardError(error)) outcome.details = error.details;
    },
  );
  return outcome;
}

test('the time limit holds for a transport that never ends, and no timer is left behind', async () => {
  const clock = new ManualClock();
  let signal: AbortSignal | undefined;
  const transport: Transport = (_request, given) => {
    signal = given;
    return new Promise(() => undefined);
  };
  const outcome = told(clientOver(transport, clock).evaluate('f', {}));
  await clock.pass(4_999);
  expect(outcome.result).toBeUndefined();
  await clock.pass(1);
  expect(outcome).toEqual({ result: 'TIMED_OUT', details: { origin: 'http://relay', timeoutMs: 5_000 } });
  expect(signal?.aborted).toBe(true);
  expect(clock.timers).toBe(0);
});

test('an answer in time leaves no timer behind', async () => {
  const clock = new ManualClock();
  const outcome = told(clientOver(async () => good, clock).evaluate('f', {}));
  await settled();
  expect([outcome.result, clock.timers]).toEqual(['on', 0]);
});

test('the time limit covers the asking for a key', async () => {
  const clock = new ManualClock();
  const outcome = told(
    clientOver(
      async () => good,
      clock,
      () => new Promise(() => undefined),
    ).evaluate('f', {}),
  );
  await clock.pass(5_000);
  expect(outcome.result).toBe('TIMED_OUT');
});

test('a signal that never fired serves again where nobody holds on to it, and one that fired does not', async () => {
  const clock = new ManualClock();
  const signals: AbortSignal[] = [];
  const transport = async (_request: unknown, signal: AbortSignal): Promise<TransportResponse> => {
    signals.push(signal);
    if (signals.length !== 2) return good;
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  };
  const client = clientOver(Object.assign(transport, { letsGoOfSignals: true }), clock);
  const outcomes: Told[] = [];
  for (let round = 0; round < 4; round++) {
    outcomes.push(told(client.evaluate('f', {})));
    await settled();
    await clock.pass(5_000);
  }
  expect(outcomes.map(({ result }) => result)).toEqual(['on', 'TIMED_OUT', 'on', 'on']);
  expect(signals.map((signal) => signals.indexOf(signal))).toEqual([0, 0, 2, 2]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false, false]);
});

test('a caller can give up, with a reason of its own, before and after sending', async () => {
  const clock = new ManualClock();
  const client = clientOver(never, clock);
  const controller = new AbortController();
  const outcomes = [
    told(client.evaluate('f', {}, controller.signal)),
    told(client.flagHashes('"1"', controller.signal)),
  ];
  controller.abort();
  const reason = new HalyardError('TIMED_OUT', 'too late');
  const late = [
    told(client.evaluate('f', {}, controller.signal)),
    told(client.evaluate('f', {}, AbortSignal.abort(reason))),
  ];
  await settled();
  expect([...outcomes, ...late].map(({ result }) => result)).toEqual(['CLOSED', 'CLOSED', 'CLOSED', 'TIMED_OUT']);
  expect(clock.timers).toBe(0);
});

test('closing gives up what is in progress, refuses what comes, and closes the transport', async () => {
  const clock = new ManualClock();
  const close = jest.fn(async () => undefined);
  const client = clientOver(
    Object.assign<Transport, object>((...request) => never(...request), { close }),
    clock,
  );
  const outcome = told(client.evaluate('f', {}));
  await client.close();
  const late = told(client.collect({ meta: {}, events: [] }));
  await settled();
  expect([outcome.result, late.result, close.mock.calls.length, clock.timers]).toEqual(['CLOSED', 'CLOSED', 1, 0]);
});

describe('a relay that wants to be left alone', () => {
  const busy = (status: number, retryAfter: string): TransportResponse => {
    return { status, headers: { 'retry-after': retryAfter }, body: '' };
  };

  test.each([
    [429, '2', 2_000],
    [503, '2', 2_000],
    [429, 'Thu, 01 Jan 2026 00:00:02 GMT', 2_000],
    [429, '999999', 3_600_000],
  ])('%i with Retry-After: %s is left alone for %i ms, whatever is asked', async (status, retryAfter, waitMs) => {
    const clock = new ManualClock();
    const answers = [busy(status, retryAfter), good];
    const sent = jest.fn(async () => answers.shift() ?? good);
    const client = clientOver(sent, clock);
    const first = told(client.evaluate('f', {}));
    await settled();
    expect(first).toEqual({
      result: 'RATE_LIMITED',
      details: { origin: 'http://relay', retryAfterMs: waitMs, status },
    });
    await clock.pass(500);
    const meanwhile = [told(client.flagHashes(undefined)), told(client.collect({ meta: {}, events: [] }))];
    await clock.pass(waitMs - 501);
    const lastMoment = told(client.evaluate('f', {}));
    await settled();
    expect(meanwhile.map(({ details }) => details?.['retryAfterMs'])).toEqual([waitMs - 500, waitMs - 500]);
    expect([lastMoment.result, sent.mock.calls.length]).toEqual(['RATE_LIMITED', 1]);
    await clock.pass(1);
    const after = told(client.evaluate('f', {}));
    await settled();
    expect([after.result, sent.mock.calls.length]).toEqual(['on', 2]);
  });

  test.each(['-5', '0', 'Wed, 31 Dec 2025 00:00:00 GMT', 'soon'])(
    'Retry-After: %s asks for no wait',
    async (retryAfter) => {
      const clock = new ManualClock();
      const answers = [busy(429, retryAfter), good];
      const client = clientOver(async () => answers.shift() ?? good, clock);
      const first = told(client.evaluate('f', {}));
      await settled();
      const second = told(client.evaluate('f', {}));
      await settled();
      expect([first.result, second.result]).toEqual(['RATE_LIMITED', 'on']);
    },
  );
});

describe('a key that is asked for', () => {
  /** Accepts one key; counts what it is sent. */
  function lockedBy(right: () => string): { transport: Transport; sent: string[] } {
    const sent: string[] = [];
    const transport: Transport = async ({ headers }) => {
      sent.push(headers['authorization'] ?? '');
      return headers['authorization'] === `Bearer ${right()}` ? good : refusal;
    };
    return { transport, sent };
  }

  test('is asked for once, and again once when it is refused, for all who wait', async () => {
    const keys = ['old', 'new', 'newest'];
    const ask = jest.fn(async () => keys.shift() ?? '');
    const { transport, sent } = lockedBy(() => 'new');
    const client = clientOver(transport, new ManualClock(), ask);
    const outcomes = [told(client.evaluate('f', {})), told(client.evaluate('g', {}))];
    await settled();
    expect(outcomes.map(({ result }) => result)).toEqual(['on', 'on']);
    expect(sent).toEqual(['Bearer old', 'Bearer old', 'Bearer new', 'Bearer new']);
    const third = told(client.evaluate('f', {}));
    await settled();
    expect([third.result, ask.mock.calls.length]).toEqual(['on', 2]);
  });

  test('is not asked for again by those who were refused while another one came', async () => {
    const refusals: (() => void)[] = [];
    const transport: Transport = ({ headers }) => {
      if (headers['authorization'] === 'Bearer new') return Promise.resolve(good);
      return new Promise((resolve) => refusals.push(() => resolve(refusal)));
    };
    const keys = ['old', 'new', 'newest'];
    const ask = jest.fn(() => keys.shift() ?? '');
    const client = clientOver(transport, new ManualClock(), ask);
    const outcomes = [told(client.evaluate('f', {})), told(client.evaluate('g', {}))];
    await settled();
    for (const refuse of refusals) {
      refuse();
      await settled();
    }
    expect(outcomes.map(({ result }) => result)).toEqual(['on', 'on']);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test('is not tried again if it is still the same, or refused too', async () => {
    const { transport, sent } = lockedBy(() => 'other');
    const same = told(clientOver(transport, new ManualClock(), () => 'same').evaluate('f', {}));
    await settled();
    expect([same.result, sent]).toEqual(['AUTHENTICATION_FAILED', ['Bearer same']]);
    let asked = 0;
    const wrong = told(clientOver(transport, new ManualClock(), () => `wrong ${++asked}`).evaluate('f', {}));
    await settled();
    expect([wrong.result, sent.slice(1)]).toEqual(['AUTHENTICATION_FAILED', ['Bearer wrong 1', 'Bearer wrong 2']]);
  });

  test('a text is not tried again', async () => {
    const { transport, sent } = lockedBy(() => 'other');
    const outcome = told(clientOver(transport, new ManualClock(), 'mine').evaluate('f', {}));
    await settled();
    expect([outcome.result, sent]).toEqual(['AUTHENTICATION_FAILED', ['Bearer mine']]);
  });

  test('a function that fails, or returns no key, is no end: the next request asks again', async () => {
    const answers: unknown[] = [Promise.reject(new Error('vault is sealed')), 'clé', '', 5, 'right'];
    const ask = (): string => answers.shift() as string;
    const { transport } = lockedBy(() => 'right');
    const client = clientOver(transport, new ManualClock(), ask);
    const results: unknown[] = [];
    for (let round = 0; round < 5; round++) {
      const outcome = told(client.evaluate('f', {}));
      await settled();
      results.push(outcome.result);
    }
    const refused = ['CONFIG_INVALID', 'CONFIG_INVALID', 'CONFIG_INVALID'];
    expect(results).toEqual(['AUTHENTICATION_FAILED', ...refused, 'on']);
  });

  test.each(['', ' key', 'key ', 'line\nbreak', 'clé', 'tab\t', '\0', '😀'])('the text %j is no key', (key) => {
    const failure = ((): unknown => {
      try {
        return clientOver(never, new ManualClock(), key);
      } catch (error) {
        return error;
      }
    })();
    expect(isHalyardError(failure) && failure.code).toBe('CONFIG_INVALID');
    if (key.length > 1) expect(String(failure)).not.toContain(key);
  });
});

describe('a connection that ends before the answer', () => {
  const ended = new HalyardError('NETWORK_FAILED', 'closed', { details: { unanswered: true } });

  test.each([
    ['a read is sent once more', [ended], 'on', 2],
    ['a read is not sent a third time', [ended, ended], 'NETWORK_FAILED', 2],
    ['another failure is not repeated', [new HalyardError('NETWORK_FAILED', 'refused')], 'NETWORK_FAILED', 1],
  ])('%s', async (_title, failures, result, sent) => {
    const left = [...failures];
    const transport = jest.fn(async () => {
      const failure = left.shift();
      if (failure !== undefined) throw failure;
      return good;
    });
    const outcome = told(clientOver(transport, new ManualClock()).evaluate('f', {}));
    await settled();
    expect([outcome.result, transport.mock.calls.length]).toEqual([result, sent]);
  });

  test('usage data is never sent twice', async () => {
    const transport = jest.fn(() => Promise.reject(ended));
    const outcome = told(clientOver(transport, new ManualClock()).collect({ meta: {}, events: [] }));
    await settled();
    expect([outcome.result, transport.mock.calls.length]).toEqual(['NETWORK_FAILED', 1]);
  });
});
