import { expect, test } from '@jest/globals';
import { wrongAfter } from '../../e2e/pulumi/faults/broken-off.ts';
import { faults } from '../../e2e/pulumi/faults/fault.ts';

test('a fault at a call that an update does not come to is no case that ended well', async () => {
  const done: string[] = [];
  const nothing = (name: string) => (): Promise<void> => {
    done.push(name);
    return Promise.resolve();
  };
  const world = {
    recall: nothing('recall'),
    cluster: { clearEnvironments: nothing('clear') },
    project: { start: () => ({ pid: 0, ended: nothing('up')() }) },
    gitHub: {},
  } as unknown as Parameters<typeof wrongAfter>[0];
  const between = { arm: () => undefined, disarm: () => undefined, calls: [{ method: 'GET', path: '/user' }] };
  const reference = { kept: '', calls: 2 } as Parameters<typeof wrongAfter>[3];

  expect(await wrongAfter(world, between, 'staging', reference, { call: 2, fault: faults[0]! })).toBe(
    '403 at call 2: nothing went wrong, as the update made 1 calls',
  );
  expect(done).toEqual(['recall', 'clear', 'up']);
});
