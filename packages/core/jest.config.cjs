module.exports = { ...require('@halyard/testkit/jest-preset'), displayName: 'core', rootDir: __dirname };
