module.exports = { ...require('@halyard/testkit/jest-preset'), displayName: 'relay', rootDir: __dirname };
