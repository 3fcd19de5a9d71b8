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

/** Milliseconds of a piece of work that is done once: the median of a few runs, each with fresh input. */
export async function millisOnce(prepare, work, runs = 7) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const input = await prepare(run);
    globalThis.gc?.();
    const start = performance.now();
    await work(input);
    times.push(performance.now() - start);
  }
  return median(times);
}

export function median(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Heap bytes that stay allocated by what `build` returns. */
export async function bytesHeldBy(build) {
  globalThis.gc();
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const held = await build();
  globalThis.gc();
  globalThis.gc();
  const after = process.memoryUsage().heapUsed;
  globalThis.heldByBenchmark = held;
  return after - before;
}

/** Heap bytes allocated per call: growth of the heap over calls that trigger no collection. */
export function bytesPerCall(call, calls = 20_000) {
  for (let i = 0; i < 50_000; i++) call(i);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < calls; i++) call(i);
  return Math.max(0, (process.memoryUsage().heapUsed - before) / calls);
}
