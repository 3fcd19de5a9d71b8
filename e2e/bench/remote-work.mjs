// What the remote scenarios have in common: a relay in another process, and the ways to load it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from './timing.mjs';

const stub = fileURLToPath(new URL('relay-stub.mjs', import.meta.url));

/** Starts the stub, and says where it is. It ends with this process. */
export async function relayStub() {
  const child = fork(stub);
  const [{ port }] = await once(child, 'message');
  const change = async (value) => {
    const answered = once(child, 'message');
    child.send(value);
    return (await answered)[0].at;
  };
  return { origin: `http://127.0.0.1:${port}`, change };
}

/** Microseconds until an answer is there, for one caller: the median of many. */
export async function microsPerAnswer(ask, warmUp = 2_000, measured = 6_000) {
  const times = [];
  for (let call = 0; call < warmUp + measured; call++) {
    const start = performance.now();
    await ask(call);
    if (call >= warmUp) times.push((performance.now() - start) * 1_000);
  }
  return median(times);
}

/** Microseconds of an answer's share of the time, with so many callers who each wait for theirs. */
export async function microsShared(ask, callers = 32, measured = 40_000) {
  let call = 0;
  const loop = async (until) => {
    while (call < until) await ask(call++);
  };
  const run = async (until) => Promise.all(Array.from({ length: callers }, () => loop(until)));
  await run(measured / 4);
  const start = performance.now();
  const before = call;
  await run(before + measured);
  return ((performance.now() - start) * 1_000) / (call - before);
}

/** Milliseconds from a relay's notice to the first new answer: the 99th percentile of many notices. */
export async function noticeToAnswer(change, ask, rounds = 200) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const next = `value ${round}`;
    const told = change(next);
    while ((await ask()) !== next) await new Promise((resolve) => setImmediate(resolve));
    times.push(performance.timeOrigin + performance.now() - (await told));
  }
  return times.sort((left, right) => left - right)[Math.floor(rounds * 0.99)];
}
