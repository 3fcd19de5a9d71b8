const assert = require('node:assert/strict');
const { HalyardError, isHalyardError } = require('@halyard/core');

assert.equal(isHalyardError(new Error('another error')), false);
assert.equal(typeof HalyardError, 'function');
