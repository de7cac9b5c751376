import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { validDelivery, withEnvironment } from '../../support/valid-delivery.ts';
import { FakePullRequests } from '../support/fake-pull-requests.ts';
import { opsContext, recordOf, refusal, sourceCommit } from '../support/fake-ops.ts';
import '../../support/patience.ts';

/** `dev` with the services in two applications, each on a stage of its own. */
function twoApplications(): Delivery {
  const delivery = withEnvironment(validDelivery(), 'dev', (environment) => ({
    ...environment,
    applications: environment.applications.flatMap((shop) => [
      { ...shop, services: shop.services.filter(({ name }) => name === 'orders') },
      { name: 'bank', services: shop.services.filter(({ name }) => name === 'payments') },
    ]),
  }));
  const dev = delivery.stages.find(({ name }) => name === 'dev')!;
  return { ...delivery, stages: [...delivery.stages, { ...dev, name: 'dev-bank', application: 'bank' }] };
}

const images = { payments: `acme/payments:${sourceCommit(1)}` };

describe('an environment with several applications', () => {
  test('has a release of each, and a promotion moves one of them', async () => {
    const context = await opsContext({ delivery: twoApplications() });
    await publish(context, { environment: 'dev' });

    await promote(context, { environment: 'dev', application: 'bank', source: { kind: 'build', images } });

    const { applications, change } = recordOf(context.bare, 'dev');
    expect(
      Object.entries(applications).map(([name, release]) => [
        name,
        Object.keys(release.images),
        release.source?.commit,
      ]),
    ).toEqual([
      ['bank', ['payments'], sourceCommit(1)],
      ['shop', ['orders'], undefined],
    ]);
    expect(change).toMatchObject({ kind: 'promote', application: 'bank' });
  });

  test('has a pull request of each: a promotion of one does not close that of another', async () => {
    const context = await opsContext({ delivery: twoApplications() });
    await publish(context, { environment: 'dev' });
    const pullRequests = new FakePullRequests(context.bare);
    const proposing = (application: string, artifact: string): Promise<unknown> =>
      promote(
        { ...context, pullRequests },
        {
          environment: 'dev',
          application,
          source: { kind: 'build', images: { [artifact]: `acme/${artifact}:${sourceCommit(1)}` } },
          pullRequest: true,
        },
      );

    await proposing('bank', 'payments');
    await proposing('shop', 'orders');

    expect(pullRequests.open).toHaveLength(2);
  });

  test('fails to promote until the application is named, and for images of another one', async () => {
    const context = await opsContext({ delivery: twoApplications() });

    expect(await refusal(promote(context, { environment: 'dev', source: { kind: 'build', images } }))).toBe(
      'portolan: dev was not promoted\n  dev has several applications\n    next: name one of: shop, bank',
    );
    expect(
      await refusal(promote(context, { environment: 'dev', application: 'shop', source: { kind: 'build', images } })),
    ).toContain('--image payments: is not a service of dev whose image a release sets; write one of: orders');
  });
});
