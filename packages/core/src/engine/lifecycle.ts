/** Where an engine stands. */
export type LifecycleState = 'starting' | 'ready' | 'stale' | 'failed' | 'closed';

/** What can happen to an engine. */
export type LifecycleEvent = 'start' | 'usable' | 'unusable' | 'outdated' | 'close';

/** What an engine tells about a transition, beside its new state. */
export type Announcement = 'ready' | 'stale' | undefined;

interface Transition {
  readonly to: LifecycleState;
  readonly announce: Announcement;
}

const to = (state: LifecycleState, announce?: Announcement): Transition => ({ to: state, announce });

/**
 * Every transition there is; an event that a state does not list leaves it as it is. The OpenFeature SDK announces
 * the end of `initialize` itself, so leaving `starting` is not announced (openfeature-provider §1.0).
 */
const transitions: Readonly<Record<LifecycleState, Partial<Record<LifecycleEvent, Transition>>>> = {
  starting: { usable: to('ready'), unusable: to('failed'), close: to('closed') },
  ready: { outdated: to('stale', 'stale'), close: to('closed') },
  stale: { usable: to('ready', 'ready'), close: to('closed') },
  failed: { start: to('starting'), usable: to('ready', 'ready'), close: to('closed') },
  closed: { start: to('starting') },
};

/** @returns undefined when the event changes nothing in this state */
export function transitionOf(state: LifecycleState, event: LifecycleEvent): Transition | undefined {
  return transitions[state][event];
}
