import { describe, expect, test } from '@jest/globals';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Toolchain } from '../../src/model/environment.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { madeUpTools } from '../support/made-up-tools.ts';
import { furnaceRegistry, tools } from '../support/with-toolchain.ts';
import { guardedDelivery } from './support/guarded-delivery.ts';
import { contextFor, planted } from './support/stack-context.ts';
import { listed, runStack } from './support/run-stack.ts';
import '../support/patience.ts';

const inCluster = (name: string, namespace?: string): Credential => ({
  name,
  purpose: 'triggerAuthentication',
  holder: 'the promoter',
  store: { kind: 'kubernetes', secretName: name, keys: ['token'], ...(namespace === undefined ? {} : { namespace }) },
  scope: 'one webhook',
});

const stackOf = (change: Partial<Toolchain>) => {
  const guarded = guardedDelivery();
  const small = { ...guarded, supplies: guarded.supplies.map((it) => ({ ...it, toolchain: 'tools' })) };
  const [promotion] = small.credentials as readonly [Credential];
  const delivery = withToolchains({
    ...small,
    credentials: [
      ...small.credentials,
      {
        ...promotion,
        name: 'promotion-tools',
        store: { ...promotion.store, environment: 'tools' } as Credential['store'],
      },
      inCluster('hook-of-delivery', 'shop-builds'),
    ],
    stages: small.stages.map((it) => (it.name === 'prod' ? { ...it, toolchain: 'tools' } : it)),
    toolchains: [
      tools({
        ...change,
        credentials: [inCluster('hook'), furnaceRegistry],
        write: { ...tools().write, branch: 'env/tools', credential: 'promotion-tools' },
      }),
    ],
  });
  return runStack(
    contextFor('tools', {
      delivery,
      tools: madeUpTools,
      bootstrap: (environment) => {
        const settings = { opsRepository: 'https://github.com/acme/shop-ops.git', tools: madeUpTools };
        const { objects } = renderEnvironment(delivery, environment, { images: {} }, settings);
        return Promise.resolve(objects.filter(({ path }) => path.startsWith('bootstrap/')).map(({ object }) => object));
      },
      secrets: new StackSecrets({
        hook: planted.bank,
        'furnace-registry': planted.registry,
        'hook-of-delivery': planted.token,
        'promotion-tools': planted.privateKey,
      }),
    }),
  );
};

describe('the stack of a toolchain', () => {
  test('has its branch behind its gate, its namespaces, and the Secrets of it and of the delivery in them', async () => {
    const run = listed(await stackOf({}));
    const all = (type: string) => run.filter(([it]) => it.endsWith(type));

    expect(all('github:Branch').map(([, , { branch }]) => branch)).toEqual(['env/tools']);
    const writers = run.find(([, name]) => name === 'tools-writers')?.[2]['rules'];
    expect(writers).toMatchObject({ pullRequest: { requiredApprovingReviewCount: 1 } });
    expect(all(':Namespace').map(([, name]) => name)).toEqual(['shop-builds', 'shop-tools']);
    expect(
      all(':Secret').map(([, name, { metadata }]) => [name, (metadata as { namespace: string }).namespace]),
    ).toEqual([
      ['furnace-registry', 'shop-builds'],
      ['hook', 'shop-tools'],
      ['hook-of-delivery', 'shop-builds'],
    ]);
  });

  test('labels a Secret as what reads it finds it, and says in it what that is told', async () => {
    const run = await stackOf({});
    const [, , secret] = listed(run).find(([type, name]) => type.endsWith(':Secret') && name === 'furnace-registry')!;

    expect(secret['metadata']).toMatchObject({
      labels: { 'furnace.example/reads': 'it' },
      annotations: { 'furnace.example/opens': 'docker.io' },
    });
    const made = run.resources.find(({ name, type }) => name === 'furnace-registry' && type.endsWith(':Secret'));
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    expect(made?.secretInputs).toEqual([{ registry: base64('docker.io'), password: base64(planted.registry) }]);
  });

  test('makes a Role of Flux in each namespace, by a name of its own', async () => {
    const engine = { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 } as const;
    const run = listed(await stackOf({ engine }));

    expect(run.filter(([type]) => type.endsWith(':Role')).map(([, name]) => name)).toEqual([
      'shop-builds/shop-tools',
      'shop-tools',
    ]);
  });
});
