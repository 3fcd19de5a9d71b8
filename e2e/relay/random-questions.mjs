// Random flags, most of them invalid, and questions for flags yet to be chosen, the same for the same seed, as one JSON
// document on standard output:
//   node e2e/relay/random-questions.mjs <seed> <flags> <questions>
import { Choices } from '../oracle/random.mjs';
import { randomContext, randomFlag } from '../oracle/random-flags.mjs';

const [seed, flagCount, questionCount] = process.argv.slice(2).map(Number);
const choose = new Choices(seed);

/** Whether the relay proxy survives a flag: a progressive rollout without a beginning or an end kills it. */
function isSurvived(definition) {
  if (typeof definition !== 'object' || definition === null) return true;
  return Object.entries(definition).every(([name, inner]) => {
    if (name !== 'progressiveRollout' || inner === null) return isSurvived(inner);
    return inner.initial?.date !== undefined && inner.end?.date !== undefined;
  });
}

const flags = {};
for (let index = 0; Object.keys(flags).length < flagCount; index++) {
  const flag = randomFlag(choose);
  if (isSurvived(flag)) flags[`random-${index}`] = flag;
}
const percent = Array.from({ length: 1_000 }, (_, index) => index / 1_000);
const questions = Array.from({ length: questionCount }, () => ({
  share: choose.of(percent),
  context: { ...randomContext(choose), plan: choose.of(['pro', 'free']) },
}));
process.stdout.write(JSON.stringify({ flags, questions }));
