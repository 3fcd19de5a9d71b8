module.exports = { ...require('@halyard/testkit/jest-preset'), displayName: 'cli', rootDir: __dirname };
