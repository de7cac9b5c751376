import { describe, expect, test } from '@jest/globals';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import type { Service } from '../../../src/model/service.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { followedByFlux } from '../../engines/flux/followed-by-flux.ts';
import { unitOf } from '../../../src/model/derived/units.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { validDelivery, withService } from '../../support/valid-delivery.ts';
import { fakeRender, opsContext, refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

const devRelease = validDelivery().initialReleases['dev'] ?? { images: {} };

describe('publish of what takes a field away from what runs', () => {
  const published = async () => {
    const context = await opsContext({ rendering: { replicas: 6 } });
    await publish(context, { environment: 'dev' });
    return context;
  };
  const scaled = fakeRender({ replicas: 'autoscaled' });
  const liveBootstrap = (replicas: number | 'autoscaled') => async () =>
    Promise.resolve(
      (await fakeRender({ replicas })(unitOf(validDelivery(), { environment: 'dev' }), devRelease)).objects
        .filter(({ path }) => path.startsWith('bootstrap/'))
        .map(({ object }) => object),
    );

  test('fails before the cluster ignores the field, because 6 pods would become 1', async () => {
    const context = await published();
    const tip = (branch: string) => context.repository.tip(branch);
    const before = await tip('env/dev');

    for (const live of [undefined, liveBootstrap(6)]) {
      expect(
        await refusal(
          publish(
            { ...context, render: scaled, ...(live === undefined ? {} : { liveBootstrap: live }) },
            { environment: 'dev' },
          ),
        ),
      ).toBe(
        'portolan: dev was not published\n' +
          '  Application/shop-dev must change in the cluster before the branch does: Argo CD would take spec.replicas of Deployment/dev-orders away: from 6 to 1 pod, until its autoscaler acts\n' +
          '    next: run "pulumi up --stack dev" first, then write --bootstrap-applied',
      );
    }
    expect(await tip('env/dev')).toBe(before);
  });

  test('goes on when the cluster says that it ignores the field, and when a person says so', async () => {
    const context = await published();

    const { outcome } = await publish(
      { ...context, render: scaled, liveBootstrap: liveBootstrap('autoscaled') },
      { environment: 'dev' },
    );
    const other = await published();
    const { notices } = await publish({ ...other, render: scaled }, { environment: 'dev', bootstrapApplied: true });

    expect(outcome).toBe('updated');
    expect(notices).toEqual([
      'bootstrap/ changed: run "pulumi up --stack dev" first',
      'the Application must leave spec.replicas of Deployment/dev-orders alone before it leaves the branch',
    ]);
  });

  test('the other way round it says that the Application changes last, and asks no cluster', async () => {
    const context = await opsContext({ rendering: { replicas: 'autoscaled' } });
    await publish(context, { environment: 'dev' });
    const liveNever = (): Promise<never> => Promise.reject(new Error('asked'));

    expect(
      (
        await publish(
          { ...context, render: fakeRender({ replicas: 6 }), liveBootstrap: liveNever },
          { environment: 'dev' },
        )
      ).notices,
    ).toEqual([
      'bootstrap/ changed: run "pulumi up --stack dev" when "npx portolan wait dev" says Healthy, not before',
      'the Application leaves spec.replicas of Deployment/dev-orders alone until then; only afterwards does Argo CD set it again',
    ]);
  });

  test('fails for a rollback to a state with an autoscaler, and says which bootstrap/ comes first', async () => {
    const context = await opsContext({ rendering: { replicas: 'autoscaled' } });
    await publish(context, { environment: 'dev' });
    await publish({ ...context, render: fakeRender({ replicas: 6 }) }, { environment: 'dev' });

    expect(await refusal(rollback(context, { environment: 'dev' }))).toContain(
      'next: apply bootstrap/ of the commit that comes back ("kubectl apply -f bootstrap/"), then write --bootstrap-applied',
    );
    expect((await rollback(context, { environment: 'dev', bootstrapApplied: true })).outcome).toBe('updated');
  });
});

describe('publish of what Flux would take away from what runs', () => {
  const rendering = (
    scaled: readonly string[],
  ): { readonly delivery: Delivery; readonly render: OpsContext['render'] } => {
    const changed = (name: string): Partial<Service> =>
      scaled.includes(name) ? { autoscaling: { min: 2, max: 8, cpuPercent: 70 } } : { replicas: 6 };
    const delivery = ['orders', 'payments'].reduce(
      (before, name) =>
        withService(before, 'dev', name, ({ replicas: _, ...service }) => ({ ...service, ...changed(name) })),
      followedByFlux(),
    );
    return {
      delivery,
      render: ({ environment }, release) =>
        renderEnvironment(delivery, environmentOf(delivery, environment), release, {
          opsRepository: 'https://github.com/acme/shop-ops.git',
        }),
    };
  };

  test('fails until the number of pods has another owner, also where bootstrap/ stays as it is', async () => {
    const context = await opsContext(rendering([]));
    await publish(context, { environment: 'dev' });
    await publish({ ...context, ...rendering(['orders']) }, { environment: 'dev', bootstrapApplied: true });
    const both = { ...context, ...rendering(['orders', 'payments']) };
    const line = `echo '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"dev-payments"},"spec":{"replicas":6}}' | kubectl -n dev apply --server-side --field-manager=autoscaler -f -`;

    expect(
      await refusal(publish({ ...both, liveBootstrap: async () => Promise.resolve([]) }, { environment: 'dev' })),
    ).toBe(
      'portolan: dev was not published\n' +
        '  Deployment/dev-payments must change in the cluster before the branch does: Flux would take spec.replicas of Deployment/dev-payments away: from 6 to 1 pod, until its autoscaler acts\n' +
        `    next: run once, then write --bootstrap-applied: ${line}`,
    );
    expect((await publish(both, { environment: 'dev', bootstrapApplied: true })).notices).toEqual([
      `spec.replicas of Deployment/dev-payments must have an owner of its own before it leaves the branch: ${line}`,
    ]);
  });
});
