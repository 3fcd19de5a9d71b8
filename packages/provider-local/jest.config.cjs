module.exports = { ...require('@halyard/testkit/jest-preset'), displayName: 'provider-local', rootDir: __dirname };
