import { describe, expect, test } from '@jest/globals';
import { ClusterError, type ClusterFailure } from '../../src/clients/kubernetes/cluster.ts';
import type { LiveApplication } from '../../src/engines/live-application.ts';
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

  /** Looks at these states; a failure is what the cluster says instead. */
  const waitThrough = async (...states: readonly (Partial<LiveApplication> | ClusterFailure)[]) => {
    const told: string[] = [];
    let [look, time] = [0, 0];
    const waited = await waitUntilHealthy({
      revision: 'tip',
      timeoutSeconds: 20,
      read: async () => {
        const state = states[Math.min(look++, states.length - 1)];
        if (typeof state === 'string') throw new ClusterError(`it is ${state}`, state);
        return Promise.resolve([application(state ?? {})]);
      },
      onLost: (error, seconds) => told.push(`${seconds}: ${error.message}`),
      now: () => time,
      sleep: async (seconds) => {
        time += seconds * 1000;
        return Promise.resolve();
      },
    });
    return { ...waited, told };
  };

  test('tells once of a login that expired, each time that it does, and waits until it is back', async () => {
    expect(
      await waitThrough({ health: 'Progressing' }, 'login', 'login', { sync: 'OutOfSync' }, 'unreachable', {}),
    ).toMatchObject({
      outcome: 'healthy',
      seconds: 10,
      told: ['2: portolan: it is login', '8: portolan: it is unreachable'],
    });
  });

  test('fails when the login does not come back in time, with what was seen last', async () => {
    expect(await waitThrough({ health: 'Progressing' }, 'login')).toMatchObject({
      outcome: 'timeout',
      seconds: 20,
      applications: [{ health: 'Progressing' }],
      told: ['2: portolan: it is login'],
    });
  });

  test.each([
    ['a login that is not accepted at the first look', ['login']],
    ['what this account may not ask', [{}, 'forbidden']],
  ] as const)('fails at once for %s', async (_, [first, second]) => {
    const states = second === undefined ? [first] : [{ health: 'Progressing' }, second];

    await expect(waitThrough(...states)).rejects.toThrow(ClusterError);
  });

  test('awaits of each of several applications the tip of its own branch', async () => {
    const shown = (second: string) => [application({ revision: 'a' }), application({ revision: second })];
    const waitFor = (revision: readonly string[], second: string): Promise<Waited> =>
      waitUntilHealthy({
        revision,
        timeoutSeconds: 2,
        read: async () => Promise.resolve(shown(second)),
        now: () => 0,
        sleep: async () => Promise.reject(new Error('not there yet')),
      });

    expect(await waitFor(['a', 'b'], 'b')).toMatchObject({ outcome: 'healthy' });
    await expect(waitFor(['a', 'b'], 'a')).rejects.toThrow('not there yet');
  });

  test('fails when the time is up', async () => {
    expect(await wait({ health: 'Progressing' })).toMatchObject({ outcome: 'timeout', seconds: 60 });
  });
});
