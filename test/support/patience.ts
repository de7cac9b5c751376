import { jest } from '@jest/globals';

// Real repositories on a busy machine take their time. Import this file for its effect.
jest.setTimeout(120_000);
