import { availableParallelism } from 'node:os';

/** What both test runs share: TypeScript through swc as ES modules, because p-retry, execa and @octokit/core exist as nothing else. */
export const base = {
  testEnvironment: 'node',
  // The package's own name means its sources here.
  testEnvironmentOptions: { customExportConditions: ['portolan-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // A machine that is busy with something else is no reason to fail.
  testTimeout: 60_000,
  globalSetup: '<rootDir>/jest.folder.js',
  globalTeardown: '<rootDir>/jest.folder-end.js',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/lib/', '<rootDir>/.portolan/'],
};

export default {
  ...base,
  // Jest leaves one core free and so runs in band on two; the tests wait for Git and the disk often enough to use both.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
};
