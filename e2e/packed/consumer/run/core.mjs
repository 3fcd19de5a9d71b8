import assert from 'node:assert/strict';
import { HalyardError, isHalyardError } from '@halyard/core';

assert.equal(isHalyardError(new Error('another error')), false);
assert.equal(typeof HalyardError, 'function');
