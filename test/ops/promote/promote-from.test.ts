import { describe, expect, test } from '@jest/globals';
import { hold } from '../../../src/ops/hold/hold.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { filesOf } from '../../support/git.ts';
import { withStage } from '../../support/valid-delivery.ts';
import {
  build,
  buildWithDigests,
  digestOf,
  fakeRender,
  fromDev,
  opsContext,
  program,
  recordOf,
  refusal,
  sourceCommit,
} from '../support/fake-ops.ts';
import '../../support/patience.ts';
import { chartedByArgo, searchChart } from '../../model/charted.ts';

const digest = `sha256:${'d'.repeat(64)}`;
const resolveDigest = (): Promise<string> => Promise.resolve(digest);

describe('promoting from an environment', () => {
  test('takes the same bits under the tag, digests kept, and records where they were verified', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'prod' });
    const dev = await promote(context, { ...build(1), resolveDigest });

    const result = await promote(context, fromDev('v1.1.0'));

    expect(result).toMatchObject({ outcome: 'updated', release: 'v1.1.0', previousRelease: 'v1.0.0' });
    expect(filesOf(context.bare, 'env/prod').get('manifests/shop/deployment.apps.prod-orders.yaml')).toContain(
      `image: acme/orders:v1.1.0@${digest}`,
    );
    expect(recordOf(context.bare, 'prod')).toMatchObject({
      applications: { shop: { gitTag: 'v1.1.0', source: { repository: 'shop', commit: sourceCommit(1) } } },
      origin: { kind: 'promotion', from: [{ environment: 'dev', commit: dev.commit }] },
    });
  });

  test('takes the release of a commit that ran there before', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await promote(context, build(2));

    await promote(context, fromDev('v1.1.0', sourceCommit(1)));

    expect(recordOf(context.bare, 'prod').applications['shop']?.source?.commit).toBe(sourceCommit(1));
  });

  test('is ordered by the tags of the stage, not by the commits', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await promote(context, fromDev('v1.10.0'));
    await promote(context, build(2));

    expect(await promote(context, fromDev('v1.9.0'))).toMatchObject({
      outcome: 'superseded',
      supersededBy: 'prod runs v1.10.0 already: v1.9.0 is older than v1.10.0 (orders, payments)',
    });
  });

  test('goes on by the tag that exists where no digest was taken, and says so', async () => {
    const context = await opsContext();
    await promote(context, build(1));

    const result = await promote(context, fromDev('v1.1.0'));

    expect(result).toMatchObject({ release: 'v1.1.0' });
    expect(result.notices[0]).toBe(
      `acme/orders:${sourceCommit(1)}, acme/payments:${sourceCommit(1)} go by their tags alone: they entered dev without a digest`,
    );
    expect(filesOf(context.bare, 'env/prod').get('manifests/shop/deployment.apps.prod-orders.yaml')).toContain(
      `image: acme/orders:${sourceCommit(1)}\n`,
    );
  });

  test('takes no digest later than at the entry, also where the model lets images go by their tags', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const delivery = {
      ...context.delivery,
      artifacts: context.delivery.artifacts.map((artifact) => ({ ...artifact, allowTagOnly: true })),
    };

    const asked: string[] = [];
    await promote(
      { ...context, delivery },
      { ...fromDev('v1.1.0'), resolveDigest: (reference) => (asked.push(reference), Promise.resolve(digest)) },
    );

    expect(asked).toEqual([]);
    expect(Object.values(recordOf(context.bare, 'prod').applications['shop']?.images ?? {})).toEqual([
      { repository: 'acme/orders', tag: sourceCommit(1) },
      { repository: 'acme/payments', tag: sourceCommit(1) },
    ]);
  });

  test('gives images a tag that registries take, where the git tag has build metadata', async () => {
    const context = await opsContext();
    await promote(context, buildWithDigests(1));

    await promote(context, fromDev('v1.1.0+build.5'));

    const { gitTag, images } = recordOf(context.bare, 'prod').applications['shop'] ?? { images: {} };
    expect([gitTag, images['orders']?.tag]).toEqual(['v1.1.0+build.5', 'v1.1.0_build.5']);
  });

  test('leaves a chart the version that it says itself', async () => {
    const { environments, ...delivery } = chartedByArgo();
    const helmCharts = environments.find(({ name }) => name === 'dev')?.applications[0]?.helmCharts ?? [];
    const everywhere = environments.map((environment) => ({
      ...environment,
      applications: environment.applications.map((application) => ({ ...application, helmCharts })),
    }));
    const context = await opsContext({ delivery: { ...delivery, environments: everywhere } });
    await promote(context, buildWithDigests(1));

    await promote(context, fromDev('v1.1.0'));

    const { images } = recordOf(context.bare, 'prod').applications['shop'] ?? { images: {} };
    expect([images['orders']?.tag, images['search-chart']?.tag]).toEqual(['v1.1.0', searchChart.tag]);
  });

  test('tags exactly the verified bits in the registry, before the branch moves', async () => {
    const context = await opsContext();
    await promote(context, buildWithDigests(1));
    const tagged: string[] = [];

    await promote(context, {
      ...fromDev('v1.1.0'),
      addTag: async (repository, bits, tag) => {
        expect(await context.repository.tip('env/prod')).toBeUndefined();
        tagged.push(`${repository}:${tag}@${bits}`);
      },
    });

    expect(tagged.sort()).toEqual(
      ['orders', 'payments'].map((name) => `acme/${name}:v1.1.0@${digestOf(`acme/${name}:${sourceCommit(1)} 1`)}`),
    );
  });

  test('tags nothing in the registry without a digest, and says so', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const tagged: string[] = [];

    const { notices } = await promote(context, {
      ...fromDev('v1.1.0'),
      addTag: (...image) => (tagged.push(image.join(' ')), Promise.resolve()),
    });

    expect(tagged).toEqual([]);
    expect(notices).toContain(
      `acme/orders:${sourceCommit(1)}, acme/payments:${sourceCommit(1)} got no tag: without a digest nobody knows which bits`,
    );
  });

  test('takes a release again that was rolled back and brought again by a person', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await promote(context, build(2));
    await rollback(context, { environment: 'dev' });
    await promote(context, build(2));

    expect(await promote(context, fromDev('v1.1.0'))).toMatchObject({ outcome: 'created' });
  });

  test('goes on with another program when a person says so', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const newer = { ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) };

    const options = fromDev('v1.1.0');
    expect(
      await promote(newer, { ...options, source: { kind: 'environment', environment: 'dev', acceptProgram: true } }),
    ).toMatchObject({ outcome: 'created' });
  });
});

describe('promoting from an environment fails', () => {
  test('fails when this program renders the source otherwise, and shows where', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const { commit } = await publish(context, { environment: 'dev' });

    expect(
      await refusal(
        promote({ ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) }, fromDev('v1.1.0')),
      ),
    ).toBe(
      'portolan: prod was not promoted\n' +
        `  this program does not render a00000000001 in dev as its branch has it at ${commit.slice(0, 12)}, by 000000000001\n` +
        '    manifests/shop/configmap.dev-orders-config.yaml\n' +
        '    next: publish dev first, or check out 000000000001; --program HEAD promotes with this program all the same',
    );
  });

  test('fails on a release that was rolled back there', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await promote(context, build(2));
    const back = await rollback(context, { environment: 'dev' });

    expect(await refusal(promote(context, fromDev('v1.1.0', sourceCommit(2))))).toBe(
      'portolan: prod was not promoted\n' +
        `  a00000000002 is not verified in dev: it was rolled back there in ${back.commit.slice(0, 12)} by alice\n` +
        '    next: npx portolan history dev',
    );
    expect(await promote(context, fromDev('v1.1.0'))).toMatchObject({ outcome: 'created' });
    expect(recordOf(context.bare, 'prod').applications['shop']?.source?.commit).toBe(sourceCommit(1));
  });

  test('fails on a release that is held there', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await hold(context, { environment: 'dev', reason: 'looks odd' });

    expect(await refusal(promote(context, fromDev('v1.1.0')))).toContain(
      'a00000000001 is not verified in dev: it is held there by alice since 2026-01-31T12:00:00Z: looks odd',
    );
  });

  test('fails on a release that is not healthy there', async () => {
    const context = await opsContext();
    await promote(context, build(1));

    expect(
      await refusal(
        promote(context, { ...fromDev('v1.1.0'), healthOf: () => Promise.resolve({ health: 'Degraded' }) }),
      ),
    ).toContain('a00000000001 is not verified in dev: its health is Degraded');
    expect(
      await promote(context, {
        ...fromDev('v1.1.0'),
        healthOf: () => Promise.resolve({ notAsked: 'no cluster is in reach' }),
      }),
    ).toMatchObject({
      outcome: 'created',
    });
  });

  test('fails on a release that never ran there, and on an environment where nothing runs', async () => {
    const context = await opsContext();
    expect(await refusal(promote(context, fromDev('v1.1.0')))).toContain('nothing runs in dev yet');
    await promote(context, build(1));
    expect(await refusal(promote(context, fromDev('v1.1.0', sourceCommit(7))))).toContain(
      `dev never ran ${sourceCommit(7)}`,
    );
  });

  test('fails without a tag where the stage orders by tags', async () => {
    const context = await opsContext();
    await promote(context, build(1));

    expect(
      await refusal(promote(context, { environment: 'prod', source: { kind: 'environment', environment: 'dev' } })),
    ).toContain(
      `prod was not promoted\n  orders, payments: the version must be a semantic version such as v1.2.3, got "${sourceCommit(1)}"`,
    );
    expect(await refusal(promote(context, fromDev('../v1')))).toContain(
      '--git-tag: must be a tag of letters, digits, and _ . - + between them, e.g. v1.2.0, because images get it too, got "../v1"',
    );
  });

  test('fails on images that entered without a digest, where the model wants digests', async () => {
    const context = await opsContext();
    await promote(context, build(1));

    expect(await refusal(promote(context, { ...fromDev('v1.1.0'), resolveDigest }))).toBe(
      'portolan: prod was not promoted\n' +
        `  nobody knows which bits dev verified of acme/orders:${sourceCommit(1)}, acme/payments:${sourceCommit(1)}: no digest was taken when they entered\n` +
        '    next: promote the same release to dev again, with its digests; --no-resolve goes by tags alone',
    );
  });

  test('fails before any tag is added, where something speaks against the release', async () => {
    const context = await opsContext();
    await promote(context, buildWithDigests(1));
    await promote(context, fromDev('v1.1.0'));
    await hold(context, { environment: 'prod', reason: 'looks odd' });
    const tagged: string[] = [];

    await refusal(
      promote(
        { ...context, requester: { actor: 'ci', automatic: true } },
        { ...fromDev('v1.2.0'), addTag: (...image) => (tagged.push(image.join(' ')), Promise.resolve()) },
      ),
    );

    expect(tagged).toEqual([]);
  });

  test('fails from an environment that the stage does not take from', async () => {
    const context = await opsContext();
    await promote(context, build(1));

    expect(
      await refusal(promote(context, { environment: 'dev', source: { kind: 'environment', environment: 'prod' } })),
    ).toBe(
      'portolan: dev was not promoted\n  dev does not take releases from prod\n    next: npx portolan promote dev --image SERVICE=REF',
    );
  });

  test('fails until every stage it takes from has run the same bits', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const both = withStage(context.delivery, 'prod', (stage) => ({
      ...stage,
      intake: { from: 'stages', stages: ['dev', 'test'] },
    }));
    const dev = both.stages.find(({ name }) => name === 'dev')!;
    const environment = both.environments.find(({ name }) => name === 'dev')!;
    const delivery = {
      ...both,
      environments: [...both.environments, { ...environment, name: 'test', namespace: 'test', namePrefix: 'test-' }],
      stages: [...both.stages, { ...dev, name: 'test', environment: 'test' }],
      initialReleases: { ...both.initialReleases, test: both.initialReleases['dev']! },
    };
    const wider = { ...context, delivery };
    await publish(wider, { environment: 'test' });

    expect(await refusal(promote(wider, fromDev('v1.1.0')))).toContain('test never ran a00000000001');
    await promote(wider, { ...build(1), environment: 'test' });
    expect(await promote(wider, fromDev('v1.1.0'))).toMatchObject({ outcome: 'created' });
    expect(recordOf(context.bare, 'prod').origin).toMatchObject({
      from: [{ environment: 'dev' }, { environment: 'test' }],
    });
  });
});
