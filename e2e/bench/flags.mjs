/** The flags and contexts that are measured, as GO Feature Flag definitions. */

/** Users that differ, so that no compiler can work the answer out beforehand. */
export const contexts = Array.from({ length: 128 }, (_, index) => ({
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

const countries = ['FR', 'DE', 'IT', 'ES', 'SE'];
/** Five attribute rules; the fifth one matches the context. */
export const fiveRules = {
  variations: Object.fromEntries([...countries, 'other'].map((country) => [country, `text for ${country}`])),
  targeting: countries.map((country) => ({ name: country, query: `country eq "${country}"`, variation: country })),
  defaultRule: { variation: 'other' },
};

export const split = {
  variations: { a: 'left', b: 'right' },
  defaultRule: { percentage: { a: 50, b: 50 } },
};

/** A flag as many files have it: three rules, of which the third is a split. */
export function threeRules(index, salt = '') {
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
