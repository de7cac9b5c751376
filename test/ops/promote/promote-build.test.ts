import { describe, expect, test } from '@jest/globals';
import { publish } from '../../../src/ops/publish/publish.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { RegistryError } from '../../../src/ops/registry/registry-error.ts';
import { commitByHand, filesOf, gitIn, subjectsOf } from '../../support/git.ts';
import { withStage } from '../../support/valid-delivery.ts';
import {
  build,
  builtImages,
  fakeRender,
  opsContext,
  program,
  programCommit,
  recordOf,
  refusal,
  sourceCommit,
} from '../support/fake-ops.ts';
import '../../support/patience.ts';

const orders = 'manifests/shop/deployment.apps.dev-orders.yaml';
const digest = `sha256:${'d'.repeat(64)}`;
const robot = { actor: 'ci', automatic: true, run: 'https://ci.example/7' };

describe('promoting a build', () => {
  test('moves all images at once, and records where they came from, who asked and what was there before', async () => {
    const context = await opsContext();
    const first = await publish(context, { environment: 'dev' });

    const result = await promote({ ...context, requester: robot, program: program(2) }, build(1));

    expect(result).toMatchObject({
      outcome: 'updated',
      release: 'a00000000001',
      previous: first.commit,
      changed: [orders, 'manifests/shop/deployment.apps.dev-payments.yaml'],
    });
    expect(filesOf(context.bare, 'env/dev').get(orders)).toContain(`image: acme/orders:${sourceCommit(1)}\n`);
    expect(recordOf(context.bare, 'dev')).toEqual({
      environment: 'dev',
      applications: {
        shop: {
          images: {
            orders: { repository: 'acme/orders', tag: sourceCommit(1) },
            payments: { repository: 'acme/payments', tag: sourceCommit(1) },
          },
          source: { repository: 'shop', commit: sourceCommit(1) },
        },
      },
      program: { commit: programCommit(2) },
      origin: { kind: 'build' },
      change: {
        kind: 'promote',
        by: 'ci',
        automatic: true,
        run: 'https://ci.example/7',
        at: '2026-01-31T12:00:00Z',
        follows: { release: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd', commit: first.commit },
      },
      holds: [],
    });
    expect(gitIn(context.bare, 'log', '-1', '--format=%B', 'env/dev')).toBe(
      `Release dev ${sourceCommit(1)}\n\n` +
        `Source-Commit: ${sourceCommit(1)}\n` +
        `Program-Commit: ${programCommit(2)}\n` +
        'Asked-By: ci\n' +
        'Run: https://ci.example/7\n' +
        `Previous-Release: 4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd (${first.commit})\n`,
    );
  });

  test('makes a branch that is not there yet', async () => {
    const context = await opsContext();

    expect(await promote(context, build(1))).toMatchObject({ outcome: 'created', release: 'a00000000001' });
  });

  test('twice is one commit and success both times, also when the second run is another one', async () => {
    const context = await opsContext();
    const first = await promote(context, build(1));

    expect(
      await promote({ ...context, requester: robot, clock: () => new Date('2027-01-01T00:00:00Z') }, build(1)),
    ).toMatchObject({ outcome: 'unchanged', commit: first.commit });
    expect(subjectsOf(context.bare, 'env/dev')).toHaveLength(1);
  });

  test('of one image leaves the others as they are', async () => {
    const context = await opsContext();
    await promote(context, build(1));

    await promote(context, {
      environment: 'dev',
      source: { kind: 'build', images: { orders: `acme/orders:${sourceCommit(2)}` } },
    });

    expect(
      Object.values(recordOf(context.bare, 'dev').applications['shop']?.images ?? {}).map(({ tag }) => tag),
    ).toEqual([sourceCommit(2), sourceCommit(1)]);
  });

  test('of an older release is superseded, whichever run ends last', async () => {
    const context = await opsContext();
    const newest = await promote(context, build(3));

    const result = await promote(context, build(2));

    expect(result).toMatchObject({ outcome: 'superseded', commit: newest.commit });
    expect(result.supersededBy).toBe(
      'dev runs a00000000003 already: a00000000002 is older than a00000000003 (orders, payments)',
    );
  });

  test('of an older release goes on when a person says so', async () => {
    const context = await opsContext();
    await promote(context, build(3));

    expect(await promote(context, { ...build(2), allowOlder: true })).toMatchObject({
      outcome: 'updated',
      release: 'a00000000002',
    });
  });

  test('again with an older program is superseded by the newer one that rendered it', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await publish({ ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) }, { environment: 'dev' });

    expect(await promote(context, build(1))).toMatchObject({
      outcome: 'superseded',
      supersededBy: `dev runs a00000000001 already, rendered by the newer program 000000000002`,
    });
  });

  test('keeps a digest that was given, and looks up the others', async () => {
    const context = await opsContext();
    const asked: string[] = [];
    const resolveDigest = (reference: string): Promise<string> => {
      asked.push(reference);
      return Promise.resolve(digest);
    };
    const images = { ...builtImages(1), payments: `acme/payments:${sourceCommit(1)}@sha256:${'e'.repeat(64)}` };

    await promote(context, { environment: 'dev', source: { kind: 'build', images }, resolveDigest });

    expect(asked).toEqual([`acme/orders:${sourceCommit(1)}`]);
    expect(filesOf(context.bare, 'env/dev').get(orders)).toContain(`image: acme/orders:${sourceCommit(1)}@${digest}`);
  });

  test('goes on by tags without a registry in reach, where the model allows it, and says so', async () => {
    const context = await opsContext();
    const delivery = {
      ...context.delivery,
      artifacts: context.delivery.artifacts.map((artifact) => ({ ...artifact, allowTagOnly: true })),
    };
    const resolveDigest = (): Promise<string> =>
      Promise.reject(new RegistryError('unreachable', 'registry.example does not answer'));

    const result = await promote({ ...context, delivery }, { ...build(1), resolveDigest });

    expect(result.notices.slice(0, 1)).toEqual([
      `acme/orders:${sourceCommit(1)}, acme/payments:${sourceCommit(1)} go by their tags alone: registry.example does not answer`,
    ]);
  });
});

describe('promoting a build fails', () => {
  test('fails on unknown services, missing and foreign tags, all at once', async () => {
    const context = await opsContext();
    const images = {
      orders: 'acme/orders',
      payments: 'evil/payments:v1',
      cart: 'acme/cart:v1',
      'orders-db': 'postgres:19',
    };

    expect(
      await refusal(promote(context, { environment: 'dev', source: { kind: 'build', images, sourceCommit: 'abc' } })),
    ).toBe(
      'portolan: what to promote is not valid (5 problems)\n' +
        '  --image orders: must name an image with a tag other than latest, e.g. acme/orders:v1.2.0, got "acme/orders"\n' +
        '  --image payments: must be of the repository acme/payments, got "evil/payments:v1"\n' +
        '  --image cart: is not a service of dev whose image a release sets; write one of: orders, payments\n' +
        '  --image orders-db: is not a service of dev whose image a release sets; write one of: orders, payments\n' +
        '  --source-commit: must be a whole commit, 40 hexadecimal digits, got "abc"',
    );
    expect(
      await refusal(
        promote(context, { environment: 'dev', source: { kind: 'build', images: { orders: 'acme/orders:latest' } } }),
      ),
    ).toContain('a tag other than latest');
    expect(await refusal(promote(context, { environment: 'dev', source: { kind: 'build', images: {} } }))).toContain(
      '--image: must name at least one image',
    );
  });

  test('fails on a tag that is not of the scheme', async () => {
    const context = await opsContext();

    expect(
      await refusal(
        promote(context, { environment: 'dev', source: { kind: 'build', images: { orders: 'acme/orders:v1' } } }),
      ),
    ).toBe(
      'portolan: dev was not promoted\n' +
        '  orders: the version must be a commit of forty hexadecimal digits, got "v1"\n' +
        '    next: name a version of that form; --git-tag TAG gives a release one',
    );
  });

  test('fails where a stage takes what another verified, unless the model says rebuild', async () => {
    const context = await opsContext();
    const options = {
      environment: 'prod',
      source: { kind: 'build', images: { orders: 'acme/orders:v2.0.0', payments: 'acme/payments:v2.0.0' } },
    } as const;

    expect(await refusal(promote(context, options))).toBe(
      'portolan: prod was not promoted\n' +
        '  prod takes what dev verified, not builds such as acme/orders:v2.0.0, acme/payments:v2.0.0\n' +
        '    next: npx portolan promote prod --from dev; where it must build again, say rebuild in the model',
    );

    const delivery = withStage(context.delivery, 'prod', (stage) => ({ ...stage, rebuild: true }));
    expect(await promote({ ...context, delivery }, options)).toMatchObject({ outcome: 'created', release: 'v2.0.0' });
  });

  test('fails when nobody knows which is newer, and says why', async () => {
    const context = await opsContext();
    await promote(context, build(1));

    expect(
      await refusal(promote(context, { ...build(2), sources: { relate: () => Promise.resolve('unknown') } })),
    ).toBe(
      'portolan: dev was not promoted\n' +
        "  nobody knows whether a00000000002 is newer than a00000000001, which runs; the source's clone may be shallow\n" +
        '    a00000000002 is of unknown order to a00000000001 (orders, payments)\n' +
        '    next: fetch the whole history ("git fetch --unshallow", or fetch-depth: 0 in a workflow), or write --allow-older',
    );
  });

  test('fails when one image is newer and the other older', async () => {
    const context = await opsContext();
    await promote(context, build(2));
    const images = { orders: `acme/orders:${sourceCommit(3)}`, payments: `acme/payments:${sourceCommit(1)}` };

    expect(await refusal(promote(context, { environment: 'dev', source: { kind: 'build', images } }))).toContain(
      'is neither newer nor older than a00000000002, which runs',
    );
  });

  test('fails when an older program would render a newer release', async () => {
    const context = await opsContext();
    await promote({ ...context, program: program(2) }, build(1));

    expect(await refusal(promote(context, build(2)))).toContain(
      'this program, 000000000001, is older than the one that rendered the branch, 000000000002',
    );
    expect(await promote(context, { ...build(2), allowOlderProgram: true })).toMatchObject({ outcome: 'updated' });
  });

  test('fails without a digest where the model does not allow tags', async () => {
    const context = await opsContext();
    const resolveDigest = (): Promise<string> =>
      Promise.reject(new RegistryError('unreachable', 'registry.example does not answer'));

    expect(await refusal(promote(context, { ...build(1), resolveDigest }))).toContain(
      `the digest of acme/orders:${sourceCommit(1)} cannot be had: registry.example does not answer\n` +
        `    next: build and push the image, or write acme/orders:${sourceCommit(1)}@sha256:…; --no-resolve goes by tags alone`,
    );
  });

  test('fails on an image that was never pushed, whatever the model allows', async () => {
    const context = await opsContext();
    const delivery = {
      ...context.delivery,
      artifacts: context.delivery.artifacts.map((artifact) => ({ ...artifact, allowTagOnly: true })),
    };
    const resolveDigest = (): Promise<string> =>
      Promise.reject(new RegistryError('notFound', 'there is no such image'));

    expect(await refusal(promote({ ...context, delivery }, { ...build(1), resolveDigest }))).toContain(
      'cannot be had: there is no such image',
    );
  });

  test('fails on a release edited by hand, rather than believe that something newer runs', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const text = filesOf(context.bare, 'env/dev').get('release.yaml') ?? '';
    commitByHand(context.bare, 'env/dev', { 'release.yaml': text.replaceAll(sourceCommit(1), sourceCommit(9)) });

    expect(await refusal(promote(context, build(2)))).toMatch(
      /release\.yaml:8: changed in \w{12} by Bob <bob@example\.com>/,
    );
  });

  test('fails on an environment without a stage', async () => {
    const context = await opsContext();

    expect(await refusal(promote({ ...context, delivery: { ...context.delivery, stages: [] } }, build(1)))).toContain(
      'the model has no stage for dev',
    );
  });
});
