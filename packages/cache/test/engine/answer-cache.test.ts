import type { AnswerCacheOptions, Loaded } from '@halyard/cache';
import { AnswerCache } from '@halyard/cache';
import { ManualClock, settled } from '@halyard/testkit';

function cacheWith(options: Partial<AnswerCacheOptions> = {}): { cache: AnswerCache<string>; clock: ManualClock } {
  const clock = new ManualClock();
  return { cache: new AnswerCache({ maxEntries: 100, ttlMs: 1_000, staleTtlMs: 5_000, clock, ...options }), clock };
}

const loaded =
  (answer: string, cacheable = true) =>
  async (): Promise<Loaded<string>> => ({ answer, cacheable });
const never = async (): Promise<Loaded<string>> => Promise.reject(new Error('must not be asked'));
const ada = { targetingKey: 'ada' };

/** A question whose answer comes when the test says so. */
function slow(): { load: () => Promise<Loaded<string>>; answer(value: string): void; calls(): number } {
  let resolve: (loaded: Loaded<string>) => void = () => undefined;
  let calls = 0;
  return {
    load: () => {
      calls++;
      return new Promise((done) => (resolve = done));
    },
    answer: (value) => resolve({ answer: value, cacheable: true }),
    calls: () => calls,
  };
}

test('an answer is kept for its flag and context, and for no other', async () => {
  const { cache } = cacheWith();
  await cache.ask('flag', ada, loaded('yes')).answer;
  expect(cache.fresh('flag', { targetingKey: 'ada' })).toBe('yes');
  expect(cache.fresh('flag', { targetingKey: 'ada', plan: 'pro' })).toBeUndefined();
  expect(cache.fresh('other', ada)).toBeUndefined();
});

test('an answer that may not be kept is not, and replaces one that was', async () => {
  const { cache } = cacheWith();
  await cache.ask('flag', ada, loaded('kept')).answer;
  await cache.ask('flag', ada, loaded('error', false)).answer;
  expect(cache.fresh('flag', ada)).toBeUndefined();
  expect(cache.stale('flag', ada)).toBeUndefined();
  expect(cache.stats().size).toBe(0);
});

test('answers go from fresh to stale to dead', async () => {
  const { cache, clock } = cacheWith();
  await cache.ask('flag', ada, loaded('yes')).answer;
  await clock.pass(999);
  expect(cache.fresh('flag', ada)).toBe('yes');
  await clock.pass(1);
  expect(cache.fresh('flag', ada)).toBeUndefined();
  expect(cache.stale('flag', ada)).toBe('yes');
  await clock.pass(4_999);
  expect(cache.stale('flag', ada)).toBe('yes');
  await clock.pass(1);
  expect(cache.stale('flag', ada)).toBeUndefined();
  expect(cache.stats().size).toBe(0);
});

test('while changes are followed answers do not age; when that ends, the TTL begins', async () => {
  const { cache, clock } = cacheWith();
  await cache.ask('flag', ada, loaded('yes')).answer;
  cache.follow(true);
  await clock.pass(1_000_000);
  expect(cache.fresh('flag', ada)).toBe('yes');
  cache.follow(false);
  await clock.pass(999);
  expect(cache.fresh('flag', ada)).toBe('yes');
  await clock.pass(1);
  expect(cache.fresh('flag', ada)).toBeUndefined();
});

test('a confirmation renews what has aged but not what was outdated', async () => {
  const { cache, clock } = cacheWith();
  await cache.ask('flag', ada, loaded('yes')).answer;
  await cache.ask('other', ada, loaded('yes')).answer;
  cache.outdate(['other']);
  await clock.pass(2_000);
  cache.confirm();
  expect(cache.fresh('flag', ada)).toBe('yes');
  expect(cache.fresh('other', ada)).toBeUndefined();
  expect(cache.stale('other', ada)).toBe('yes');
});

test('a notice outdates exactly the flags it names', async () => {
  const { cache } = cacheWith();
  for (const flag of ['one', 'two', 'three']) await cache.ask(flag, ada, loaded('yes')).answer;
  cache.outdate(['one', 'three', 'unheard of']);
  expect(['one', 'two', 'three'].map((flag) => cache.fresh(flag, ada))).toEqual([undefined, 'yes', undefined]);
  cache.outdate();
  expect(cache.fresh('two', ada)).toBeUndefined();
});

test('an outdated answer dies its time after the first notice, not after the last', async () => {
  const { cache, clock } = cacheWith();
  await cache.ask('flag', ada, loaded('yes')).answer;
  for (let second = 0; second < 5; second++) {
    cache.outdate(['flag']);
    await clock.pass(1_000);
  }
  expect(cache.stale('flag', ada)).toBeUndefined();
});

test('equal questions at one time share one call', async () => {
  const { cache } = cacheWith();
  const question = slow();
  const first = cache.ask('flag', { targetingKey: 'ada', plan: 'pro' }, question.load);
  const second = cache.ask('flag', { plan: 'pro', targetingKey: 'ada' }, question.load);
  const other = cache.ask('flag', ada, loaded('other'));
  question.answer('yes');
  expect(await Promise.all([first.answer, second.answer, other.answer])).toEqual(['yes', 'yes', 'other']);
  expect([first.isShared, second.isShared, other.isShared]).toEqual([false, true, false]);
  expect(question.calls()).toBe(1);
});

test('an answer that was on its way when a notice came is not kept, and is not shared with later questions', async () => {
  const { cache } = cacheWith();
  const old = slow();
  const before = cache.ask('flag', ada, old.load);
  cache.outdate(['flag']);
  const after = cache.ask('flag', ada, loaded('new'));
  expect(after.isShared).toBe(false);
  expect(await after.answer).toBe('new');
  old.answer('old');
  expect(await before.answer).toBe('old');
  expect(cache.fresh('flag', ada)).toBe('new');
});

test('a call that fails leaves what was known, and is asked again', async () => {
  const { cache, clock } = cacheWith();
  await cache.ask('flag', ada, loaded('yes')).answer;
  await clock.pass(1_000);
  await expect(cache.ask('flag', ada, never).answer).rejects.toThrow('must not be asked');
  expect(cache.stale('flag', ada)).toBe('yes');
  expect(await cache.ask('flag', ada, loaded('new')).answer).toBe('new');
});

test('a call that fails unobserved is no unhandled rejection', async () => {
  const { cache } = cacheWith();
  cache.ask('flag', ada, never);
  await settled();
  expect(cache.stats().size).toBe(0);
});

test('the least recently used answer makes room', async () => {
  const { cache } = cacheWith({ maxEntries: 2 });
  await cache.ask('one', ada, loaded('1')).answer;
  await cache.ask('two', ada, loaded('2')).answer;
  cache.fresh('one', ada);
  await cache.ask('three', ada, loaded('3')).answer;
  expect(['one', 'two', 'three'].map((flag) => cache.fresh(flag, ada))).toEqual(['1', undefined, '3']);
  expect(cache.stats()).toMatchObject({ size: 2, evictions: 1 });
});

test('a cache of no entries keeps nothing, but shares calls', async () => {
  const { cache } = cacheWith({ maxEntries: 0 });
  const question = slow();
  const flights = [cache.ask('flag', ada, question.load), cache.ask('flag', ada, question.load)];
  question.answer('yes');
  expect(await Promise.all(flights.map(({ answer }) => answer))).toEqual(['yes', 'yes']);
  expect(cache.fresh('flag', ada)).toBeUndefined();
});

test('memory stays bounded however many users and flags are asked about', async () => {
  const { cache } = cacheWith({ maxEntries: 50 });
  for (let index = 0; index < 5_000; index++) {
    await cache.ask(`flag-${index % 700}`, { targetingKey: `user-${index}` }, loaded('yes')).answer;
    await cache.ask(`typo-${index}`, ada, loaded('error', false)).answer;
  }
  expect(cache.stats().size).toBe(50);
  expect(cache.stats().evictions).toBe(4_950);
});

test('a caller who changes his context later changes nothing', async () => {
  const { cache } = cacheWith();
  const context = { targetingKey: 'ada', plan: 'free' };
  await cache.ask('flag', context, loaded('free')).answer;
  context.plan = 'pro';
  expect(cache.fresh('flag', { targetingKey: 'ada', plan: 'pro' })).toBeUndefined();
  expect(cache.fresh('flag', { targetingKey: 'ada', plan: 'free' })).toBe('free');
});

test('clearing forgets everything, also what is on its way', async () => {
  const { cache } = cacheWith();
  const question = slow();
  await cache.ask('kept', ada, loaded('yes')).answer;
  const flight = cache.ask('pending', ada, question.load);
  cache.clear();
  question.answer('late');
  await flight.answer;
  expect(cache.stale('kept', ada)).toBeUndefined();
  expect(cache.stale('pending', ada)).toBeUndefined();
  expect(cache.stats().size).toBe(0);
});

test('the statistics add up', async () => {
  const { cache, clock } = cacheWith();
  cache.fresh('flag', ada);
  await cache.ask('flag', ada, loaded('yes')).answer;
  for (let hit = 0; hit < 3; hit++) cache.fresh('flag', ada);
  await clock.pass(1_000);
  cache.fresh('flag', ada);
  cache.stale('flag', ada);
  expect(cache.stats()).toEqual({ hits: 3, misses: 2, staleHits: 1, hitRate: 0.6, size: 1, evictions: 0 });
});
