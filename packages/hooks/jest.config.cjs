module.exports = { ...require('@halyard/testkit/jest-preset'), displayName: 'hooks', rootDir: __dirname };
