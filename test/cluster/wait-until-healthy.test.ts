import { describe, expect, test } from '@jest/globals';
import type { LiveApplication } from '../../src/cluster/live-state.ts';
import { waitUntilHealthy, type Waited } from '../../src/cluster/wait-until-healthy.ts';

const application = (state: Partial<LiveApplication>): LiveApplication => ({
  name: 'shop-dev',
  sync: 'Synced',
  health: 'Healthy',
  revision: 'tip',
  operation: 'Succeeded',
  ailments: [],
  ...state,
});

/** Looks at these states one after the other, the last one for ever, on a clock that only waiting moves. */
const wait = async (...states: readonly Partial<LiveApplication>[]): Promise<Waited> => {
  let look = 0;
  let time = 0;
  return waitUntilHealthy({
    revision: 'tip',
    timeoutSeconds: 60,
    read: async () => Promise.resolve([application(states[Math.min(look++, states.length - 1)] ?? {})]),
    now: () => time,
    sleep: async (seconds) => {
      time += seconds * 1000;
      return Promise.resolve();
    },
  });
};

describe('waiting', () => {
  test('ends when the Application is Synced and Healthy at the tip', async () => {
    expect(await wait({ revision: 'older' }, { sync: 'OutOfSync' }, { health: 'Progressing' }, {})).toMatchObject({
      outcome: 'healthy',
      seconds: 6,
    });
  });

  test('goes on while an operation that failed still runs, although all looks well', async () => {
    expect(await wait({ operation: 'Running' }, {})).toMatchObject({ outcome: 'healthy', seconds: 2 });
  });

  test('goes on while an older release is Degraded', async () => {
    expect(await wait({ revision: 'older', health: 'Degraded' }, {})).toMatchObject({ outcome: 'healthy', seconds: 2 });
  });

  test('fails at once when the tip is Degraded', async () => {
    expect(await wait({ health: 'Progressing' }, { health: 'Degraded' })).toMatchObject({
      outcome: 'degraded',
      seconds: 2,
    });
  });

  test('fails when the time is up', async () => {
    expect(await wait({ health: 'Progressing' })).toMatchObject({ outcome: 'timeout', seconds: 60 });
  });
});
