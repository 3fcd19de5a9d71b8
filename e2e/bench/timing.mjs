/** Time per call in nanoseconds: the median over many batches, after a warm-up. */
export function nanosPerCall(call, { batches = 41, batchMs = 12, warmUpMs = 300 } = {}) {
  const until = performance.now() + warmUpMs;
  let calls = 0;
  while (performance.now() < until) for (let i = 0; i < 100; i++) call(calls++);
  const size = Math.max(1, Math.round((calls / warmUpMs) * batchMs));
  const times = [];
  for (let batch = 0; batch < batches; batch++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < size; i++) call(i);
    times.push(Number(process.hrtime.bigint() - start) / size);
  }
  return median(times);
}

/** The same for calls that return a promise, one after the other. */
export async function nanosPerAwait(call, { batches = 41, batchMs = 12, warmUpMs = 500 } = {}) {
  const until = performance.now() + warmUpMs;
  let calls = 0;
  while (performance.now() < until) await call(calls++);
  const size = Math.max(1, Math.round((calls / warmUpMs) * batchMs));
  const times = [];
  for (let batch = 0; batch < batches; batch++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < size; i++) await call(i);
    times.push(Number(process.hrtime.bigint() - start) / size);
  }
  return median(times);
}

/** Milliseconds of a piece of work that is done once: the median of a few runs, cleaned up after each. */
export async function millisOnce(work, cleanUp = async () => undefined, runs = 7) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    globalThis.gc?.();
    const start = performance.now();
    const result = await work();
    times.push(performance.now() - start);
    await cleanUp(result);
  }
  return median(times);
}

export function median(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Heap bytes that stay allocated by what `build` returns. */
export async function bytesHeldBy(build) {
  await build(); // code and shapes that are made once
  const before = await heapAfterCollection();
  globalThis.heldByBenchmark = await build();
  return (await heapAfterCollection()) - before;
}

async function heapAfterCollection() {
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

/** Heap bytes allocated per call: growth of the heap over calls that trigger no collection. */
export function bytesPerCall(call, calls = 20_000) {
  for (let i = 0; i < 50_000; i++) call(i);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < calls; i++) call(i);
  return Math.max(0, (process.memoryUsage().heapUsed - before) / calls);
}
