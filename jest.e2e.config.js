import { base } from './jest.config.js';

/** The tests that start the real programs, and real servers where there are any: `npm run e2e`. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testTimeout: 120_000,
};
