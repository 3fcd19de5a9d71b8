import { settled } from '@halyard/testkit';
import { ScriptedSource } from '../../scripted-source.ts';
import { layeredEngine } from './layered-engine.ts';

const never = new AbortController().signal;
const gone = new Error('gone');

test('a slow layer does not hold up the start, and takes over as soon as it answers', async () => {
  const [remote, file] = [new ScriptedSource('remote', 'hang', true), new ScriptedSource('file', false)];
  const { engine, clock, value, layers } = layeredEngine([remote, file]);
  const start = engine.start(never);
  await clock.pass(999);
  expect(engine.status().state).toBe('starting');
  await clock.pass(1);
  await start;
  expect(value()).toBe(false);
  expect(layers()).toEqual(['loading', 'inForce']);
  remote.answerLate(true);
  await settled();
  expect(value()).toBe(true);
  expect(layers()).toEqual(['inForce', 'standby']);
  expect(remote.loads).toHaveLength(1);
});

test('a slow layer is waited for where nothing else has flags', async () => {
  const [remote, file] = [new ScriptedSource('remote', 'hang', true), new ScriptedSource('file', gone)];
  const { engine, clock, value } = layeredEngine([remote, file]);
  const start = engine.start(never);
  await clock.pass(5_000);
  remote.answerLate(true);
  await start;
  expect(value()).toBe(true);
});

test('however many layers hang, the start takes no more than two of their periods', async () => {
  const hanging = Array.from({ length: 5 }, (_, layer) => new ScriptedSource(`remote ${layer}`, 'hang'));
  const { engine, clock, value, layers } = layeredEngine(hanging, { bootstrap: false });
  const start = engine.start(never);
  await clock.pass(1_999);
  expect(engine.status().state).toBe('starting');
  await clock.pass(1);
  await start;
  expect(value()).toBe(false);
  expect(layers()).toEqual(['loading', 'loading', 'loading', 'loading', 'loading', 'inForce']);
  hanging[3]?.answerLate(true);
  await settled();
  expect(value()).toBe(true);
});

test('of the layers below a slow one the first that answers in time is in force', async () => {
  const sources = ['hang', 'hang', true, false].map((answer, at) => new ScriptedSource(`${at}`, answer as 'hang'));
  const { engine, clock, value, layers } = layeredEngine(sources);
  const start = engine.start(never);
  await clock.pass(2_000);
  await start;
  expect(value()).toBe(true);
  expect(layers()).toEqual(['loading', 'loading', 'inForce', 'standby']);
  await clock.pass(1_000_000);
  expect(value()).toBe(true);
});

test('a layer that hangs later on has none asked that is below the one in force', async () => {
  const [remote, file] = [new ScriptedSource('remote', gone, 'hang'), new ScriptedSource('file', true)];
  const last = new ScriptedSource('last', false);
  const { engine, clock, layers } = layeredEngine([remote, file, last], { bootstrap: false });
  await engine.start(never);
  await clock.pass(60_000);
  expect(layers()).toEqual(['failed', 'inForce', 'standby', 'standby']);
  expect(last.loads).toEqual([]);
});
