module.exports = { ...require('@halyard/testkit/jest-preset'), displayName: 'provider-remote', rootDir: __dirname };
