module.exports = { ...require('@halyard/testkit/jest-preset'), displayName: 'relay-client', rootDir: __dirname };
