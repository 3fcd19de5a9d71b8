import { settled } from '@halyard/testkit';
import { bench, startedBench } from './follower-bench.ts';
import { notThere, unreachable } from './scripted-hashes.ts';

test('the first check only learns what there is', async () => {
  const { heard, hashes } = await startedBench();
  expect(hashes.checks).toEqual([0]);
  expect(heard).toEqual([]);
});

test('a notice makes flags suspect at once, and changed as soon as the hashes say so', async () => {
  const { heard, hashes, websocket, clock } = await startedBench();
  await clock.pass(1_000);
  hashes.flags = { one: 7, two: 2 };
  websocket.pushUpdate('one', 'old', 'new');
  expect(heard).toEqual(['suspected one']);
  await settled();
  expect(heard).toEqual(['suspected one', 'changed one:old>new', 'confirmed']);
});

test('flags that were added and deleted are told with the definition they have on one side', async () => {
  const { heardOf, hashes, websocket, clock } = await startedBench();
  await clock.pass(1_000);
  hashes.flags = { two: 2, three: 3 };
  websocket.push({ deleted: { one: 'last' }, added: { three: 'first' } });
  await settled();
  expect(heardOf('changed')).toEqual(['changed three:undefined>first,one:last>undefined']);
});

test('flags of other flag sets are suspected and never changed', async () => {
  const { heardOf, websocket, clock } = await startedBench();
  websocket.pushUpdate('foreign', 'old', 'new');
  await clock.pass(200_000);
  expect(heardOf('suspected')).toEqual(['suspected foreign']);
  expect(heardOf('changed')).toEqual([]);
});

test('an update that the relay repeats every second changes nothing', async () => {
  const { heardOf, websocket, clock, hashes } = await startedBench();
  for (let second = 0; second < 60; second++) {
    websocket.pushUpdate('one', 100, 0);
    await clock.pass(1_000);
  }
  expect(heardOf('changed')).toEqual([]);
  expect(hashes.checks.length).toBeLessThanOrEqual(125);
});

test.each([500, 5_000, 45_000])(
  'a change that the answering replica has only %d ms after the notice is found',
  async (lagMs) => {
    const { heardOf, hashes, websocket, clock } = await startedBench();
    websocket.pushUpdate('one', 'old', 'new');
    await clock.pass(lagMs);
    expect(heardOf('changed')).toEqual([]);
    hashes.flags = { one: 7, two: 2 };
    await clock.pass(60_000);
    expect(heardOf('changed')).toEqual(['changed one:old>new']);
  },
);

test('a notice that is never confirmed costs four checks', async () => {
  const { hashes, websocket, clock } = await startedBench({ pollIntervalMs: 0 });
  websocket.pushUpdate('one', 'old', 'new');
  await settled();
  await clock.pass(10_000_000);
  expect(hashes.checks).toEqual([0, 50, 1_050, 11_050, 71_050]);
});

test('a notice that comes while a check runs has another check follow', async () => {
  const { heardOf, hashes, websocket, clock } = await startedBench();
  await clock.pass(1_000);
  let letGo = (): void => undefined;
  hashes.gate = new Promise((resolve) => (letGo = resolve));
  websocket.pushUpdate('one', 'old', 'new');
  hashes.flags = { one: 7, two: 2 };
  websocket.pushUpdate('one', 'new', 'newer');
  letGo();
  await clock.pass(100);
  expect(heardOf('changed')).toEqual(['changed one:old>newer']);
});

test('ten thousand notices a second lead to a check per 50 ms, and each makes its flag suspect', async () => {
  const { heard, heardOf, hashes, websocket, clock } = await startedBench({ pollIntervalMs: 0 });
  await clock.pass(1_000);
  hashes.checks.length = 0;
  for (let tick = 0; tick < 100; tick++) {
    hashes.flags = { one: 1, two: 2, three: tick };
    for (let notice = 0; notice < 100; notice++) websocket.pushUpdate(`f${notice}`, 0, tick);
    await clock.pass(10);
  }
  await clock.pass(50);
  expect(heardOf('suspected')).toHaveLength(10_000);
  expect(hashes.checks.length).toBeLessThanOrEqual(22);
  expect(hashes.checks.length).toBeGreaterThanOrEqual(18);
  expect(heard).toContain('changed three:undefined>undefined');
});

test('where the relay has no hashes, notices count, unless they repeat themselves', async () => {
  const { heardOf, hashes, websocket, clock } = await startedBench({ pollIntervalMs: 0 });
  hashes.failure = notThere;
  const say = async (after: string): Promise<void> => {
    await clock.pass(1_000);
    websocket.pushUpdate('one', 'x', after);
    await settled();
  };
  for (const after of ['a', 'a', 'a', 'b', 'a']) await say(after);
  expect(heardOf('changed')).toEqual(['changed one:x>a', 'changed one:x>b', 'changed one:x>a']);
  expect(heardOf('suspected')).toHaveLength(5);
});

test('a notice counts where the check fails, and what changed is told again once it succeeds', async () => {
  const { heard, hashes, websocket, clock } = await startedBench();
  await clock.pass(1_000);
  hashes.failure = unreachable;
  hashes.flags = { one: 7, two: 8 };
  websocket.pushUpdate('one', 'old', 'new');
  await settled();
  expect(heard).toEqual(['suspected one', 'failed NETWORK_FAILED', 'changed one:old>new']);
  hashes.failure = undefined;
  await clock.pass(1_000);
  expect(heard.slice(3)).toEqual(['changed one:undefined>undefined,two:undefined>undefined', 'confirmed']);
});

test('a notice that comes before the first hashes counts if the flag is one of ours', async () => {
  const { follower, heardOf, hashes, websocket } = bench();
  let letGo = (): void => undefined;
  hashes.gate = new Promise((resolve) => (letGo = resolve));
  follower.start();
  await settled();
  websocket.push({ updated: { one: { old_value: 'old', new_value: 'new' }, foreign: {} } });
  letGo();
  await settled();
  expect(heardOf('changed')).toEqual(['changed one:old>new']);
});

test.each([
  ['no JSON', 'canary {'],
  ['another shape', '{"canary":{}}'],
  ['a list', '["canary"]'],
  ['nothing', ''],
  ['wrong types', '{"updated":["canary"]}'],
])(
  'a message that is %s makes everything suspect, has the flags checked and is warned of once',
  async (_name, text) => {
    const { heard, heardOf, hashes, websocket, logger, clock } = await startedBench();
    await clock.pass(1_000);
    hashes.flags = { one: 7, two: 2 };
    for (let time = 0; time < 1_000; time++) websocket.last.events.message(text);
    await clock.pass(60);
    expect(heard[0]).toBe('suspected all');
    expect(heardOf('suspected').length).toBeLessThanOrEqual(2);
    expect(heardOf('changed')).toEqual(['changed one:undefined>undefined']);
    expect(logger.entries.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(JSON.stringify(logger.entries)).not.toContain('canary');
  },
);
