/**
 * `npm run mutation`: changes the SLA code in every small way and looks whether its own tests notice. No network: nothing
 * is reported anywhere but here. The page to read is test-output/mutation/mutation.html.
 */
module.exports = {
  mutate: ['src/domain/sla/**/*.ts'],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'tests/mutation/jest.config.cjs', enableFindRelatedTests: false },
  incrementalFile: 'test-output/mutation/incremental.json',
  coverageAnalysis: 'perTest',
  // What the tests load; the rest of the tree need not be copied.
  ignorePatterns: ['**', '!src/**', '!tests/**', '!package.json', '!tsconfig.json', '!jest.config.cjs'],
  concurrency: 2,
  // A walk that never ends is noticed by time. On a busy machine give more, lest being slow passes for being noticed.
  timeoutMS: Number(process.env.MUTATION_TIMEOUT_MS ?? 15_000),
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'test-output/mutation/mutation.html' },
  jsonReporter: { fileName: 'test-output/mutation/mutation.json' },
  tempDirName: 'test-output/stryker',
};
