const swc = (tsx) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx },
      target: 'es2022',
      transform: tsx ? { react: { runtime: 'automatic', importSource: 'preact' } } : {},
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.ts$': swc(false), '\\.tsx$': swc(true) },
  setupFiles: ['<rootDir>/tests/support/seed.ts'],
  // Ends what hangs; it measures nothing, and a machine that is busy with other things must not fail a test.
  testTimeout: 120_000,
  // Two cores are what the smallest CI machine has; a third process would only take memory.
  maxWorkers: 2,
  globalSetup: '<rootDir>/tests/support/postgresSetup.ts',
  globalTeardown: '<rootDir>/tests/support/postgresTeardown.ts',
};
