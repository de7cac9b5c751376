import { base } from './jest.config.js';

/**
 * The tests that start the real programs, and real servers where there are any: `npm run e2e`. Two at a time on any machine: the one
 * on the cluster mostly waits.
 */
export default {
  ...base,
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  // What is waited for has a limit of its own, which says what did not come: this one is for what hangs.
  testTimeout: 1_200_000,
  testSequencer: '<rootDir>/jest.e2e.sequencer.js',
  maxWorkers: 2,
  verbose: true,
};
