/** The flags and contexts that are measured, as GO Feature Flag definitions. */

/** Users that differ, so that no compiler can work the answer out beforehand. */
const contexts = Array.from({ length: 128 }, (_, index) => ({
  targetingKey: `user-${4711 + index}`,
  country: 'SE',
  plan: 'pro',
  age: 42 + (index % 5),
  beta: false,
  device: 'phone',
}));
export const contextOf = (call) => contexts[call & 127];
export const context = contexts[0];
/** Keys of 128 flags, likewise. */
export const keys = contexts.map((_, index) => `flag-${index}`);
export const keyOf = (call) => keys[call & 127];

export const staticFlag = { variations: { on: true, off: false }, defaultRule: { variation: 'on' } };

/** Five rules on five attributes; the fifth one matches every user. */
export const fiveRules = {
  variations: { a: 'first', b: 'second', c: 'third', d: 'fourth', e: 'fifth', other: 'none' },
  targeting: [
    { name: 'plan', query: 'plan eq "free"', variation: 'a' },
    { name: 'country', query: 'country eq "FR"', variation: 'b' },
    { name: 'device', query: 'device eq "tablet"', variation: 'c' },
    { name: 'age', query: 'age gt 60', variation: 'd' },
    { name: 'no beta', query: 'beta eq false', variation: 'e' },
  ],
  defaultRule: { variation: 'other' },
};

export const split = {
  variations: { a: 'left', b: 'right' },
  defaultRule: { percentage: { a: 50, b: 50 } },
};

/** A flag as many files have it: three rules, of which the third is a split. */
function threeRules(index, salt = '') {
  return {
    variations: { on: true, off: false },
    targeting: [
      { name: 'country', query: `country eq "C${index % 7}${salt}"`, variation: 'on' },
      { name: 'adults', query: `age gt ${50 + (index % 10)} and plan eq "free"`, variation: 'on' },
      { name: 'trial', query: 'device eq "phone"', percentage: { on: 25, off: 75 } },
    ],
    defaultRule: { variation: 'off' },
    metadata: { owner: `team-${index % 12}` },
  };
}

export function manyFlags(count, salt = '') {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`flag-${index}`, threeRules(index, salt)]));
}
