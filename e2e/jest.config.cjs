module.exports = {
  ...require('@halyard/testkit/jest-preset'),
  displayName: 'e2e',
  rootDir: __dirname,
  testMatch: ['<rootDir>/*/**/*.test.ts'],
};
