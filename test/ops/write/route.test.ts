import { describe, expect, test } from '@jest/globals';
import { routeOf } from '../../../src/ops/write/route.ts';
import { gatedOps } from '../support/gated-ops.ts';
import { refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

describe('going past a gate in an emergency', () => {
  test('is for whom the model names, in whatever case GitHub writes the name', async () => {
    const context = await gatedOps();

    for (const actor of ['alice', 'Alice'])
      expect(
        routeOf({ ...context, requester: { actor } }, { environment: 'prod' }, { emergency: 'the page is blank' }),
      ).toEqual({
        kind: 'direct',
        emergency: 'the page is blank',
      });
  });

  test('fails for everybody else, by the name of the team that they are in too', async () => {
    const context = await gatedOps();

    for (const actor of ['bob', 'releasers'])
      expect(
        await refusal(
          Promise.resolve().then(() =>
            routeOf({ ...context, requester: { actor } }, { environment: 'prod' }, { emergency: 'the page is blank' }),
          ),
        ),
      ).toContain(`${actor} may not go past the gate of prod; the model names alice`);
  });
});
