const { join } = require('node:path');

const { globalSetup: _, globalTeardown: __, ...base } = require('../../jest.config.cjs');

// Every mutant costs a run of these tests, so the random ones look at few examples, always the same ones.
process.env.SLA_RUNS ??= '20';

/** The tests of time alone: no database, no platform. */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/mutation/everySlaTest.ts'],
  testEnvironment: join(__dirname, 'firstFailureEnds.cjs'),
  setupFiles: ['<rootDir>/tests/mutation/setup.ts'],
};
