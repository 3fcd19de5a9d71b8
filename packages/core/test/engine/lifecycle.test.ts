import type { LifecycleEvent, LifecycleState } from '../../src/engine/lifecycle.ts';
import { transitionOf } from '../../src/engine/lifecycle.ts';

const walk = (...events: LifecycleEvent[]): { state: LifecycleState; announced: string[] } => {
  let state: LifecycleState = 'starting';
  const announced: string[] = [];
  for (const event of events) {
    const transition = transitionOf(state, event);
    if (transition === undefined) continue;
    state = transition.to;
    if (transition.announce !== undefined) announced.push(transition.announce);
  }
  return { state, announced };
};

test('the SDK tells of a good start itself', () => {
  expect(walk('start', 'usable')).toEqual({ state: 'ready', announced: [] });
});

test('recovery after a failed start is announced', () => {
  expect(walk('unusable', 'usable')).toEqual({ state: 'ready', announced: ['ready'] });
});

test('going stale and coming back are announced once each', () => {
  expect(walk('usable', 'outdated', 'outdated', 'usable', 'usable')).toEqual({
    state: 'ready',
    announced: ['stale', 'ready'],
  });
});

test('nothing but a start leads out of closed', () => {
  expect(walk('usable', 'close', 'usable', 'outdated', 'unusable', 'close')).toEqual({
    state: 'closed',
    announced: [],
  });
  expect(walk('usable', 'close', 'start', 'usable').state).toBe('ready');
});
