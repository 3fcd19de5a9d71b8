module.exports = { ...require('@halyard/testkit/jest-preset'), displayName: 'cache', rootDir: __dirname };
