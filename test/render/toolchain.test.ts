import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import { environmentOf } from '../../src/model/delivery.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Toolchain } from '../../src/model/environment.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { checkEnvironment } from '../../src/review/check-environment.ts';
import { toolNeedsOf } from '../../src/review/checks/promotion/tool-needs.ts';
import { ObjectIndex } from '../../src/objects/object-index.ts';
import { describeFinding } from '../../src/review/checks/finding.ts';
import { ferry, furnace, madeUpTools } from '../support/made-up-tools.ts';
import { withTools } from '../support/with-toolchain.ts';

const settings = { opsRepository: 'https://github.com/acme/shop-ops', tools: madeUpTools };
const built = (delivery: Delivery): Delivery => ({
  ...delivery,
  supplies: delivery.supplies.map((it) => ({ ...it, toolchain: 'tools' })),
});
const renderedOf = (change: Partial<Toolchain> = {}, place = 'tools') => {
  const delivery = withToolchains(built(withTools(change)));
  const release = delivery.initialReleases[place]!;
  return { delivery, rendered: renderEnvironment(delivery, environmentOf(delivery, place), release, settings) };
};
const objectAt = (path: string, change: Partial<Toolchain> = {}) =>
  renderedOf(change).rendered.objects.find((it) => it.path === path)?.object;

const flux = { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 } as const;

describe('the rendering of a toolchain', () => {
  test('is what builders and promoters need there, and what must exist first', () => {
    expect([...renderedOf().rendered.files.keys()]).toEqual([
      'bootstrap/10-namespace.shop-builds.yaml',
      'bootstrap/10-namespace.shop-tools.yaml',
      'bootstrap/20-appproject.shop-tools.yaml',
      'bootstrap/30-application.shop-tools.yaml',
      'manifests/tools/configmap.build-images@shop-builds.yaml',
      'manifests/tools/configmap.move-prod.yaml',
      'manifests/tools/configmap.move-prod@shop-builds.yaml',
    ]);
  });

  test('lets the engine into its namespaces, for the kinds that are rendered, and into no other', () => {
    expect(objectAt('bootstrap/20-appproject.shop-tools.yaml')?.['spec']).toMatchObject({
      destinations: [{ namespace: 'shop-tools' }, { namespace: 'shop-builds' }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [{ group: '', kind: 'ConfigMap' }],
    });
  });

  test('gives the account of Flux a Role in each namespace, for what lies there', () => {
    const change = { engine: flux, objects: [job('shop-builds')] };
    const roles = renderedOf(change).rendered.objects.filter(({ object }) => object.kind === 'Role');

    expect(
      roles.map(({ object }) => [object.metadata.namespace, JSON.stringify(object['rules']).includes('"jobs"')]),
    ).toEqual([
      ['shop-tools', false],
      ['shop-builds', true],
    ]);
  });

  test.each([{}, { engine: flux }])('passes every check: %j', (change) => {
    const { delivery, rendered } = renderedOf(change);

    expect(
      checkEnvironment({ delivery, environment: environmentOf(delivery, 'tools'), rendered }).map(describeFinding),
    ).toEqual([]);
  });

  test('is not needed by a promoter that lives in the environment which it moves', () => {
    const paths = [...renderedOf({}, 'dev').rendered.files.keys()];

    expect(paths).toContain('manifests/shop/configmap.tow-dev.yaml');
    expect(paths.filter((path) => path.includes('build-') || path.includes('move-'))).toEqual([]);
  });

  test('adds the objects of its author, in every namespace of it', () => {
    expect(
      objectAt('manifests/tools/job.batch.sweep@shop-builds.yaml', { objects: [job('shop-builds')] }),
    ).toBeDefined();
  });

  test('fails for an object in a namespace that it does not declare', () => {
    expect(() => renderedOf({ objects: [job('prod')] })).toThrow(
      'toolchains.tools.objects[0].metadata.namespace: must be "shop-tools", the namespace of the toolchain, or one of its further ones: "shop-builds", got "prod"',
    );
  });
});

const job = (namespace: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'sweep', namespace },
  spec: {},
});

describe('what builders and promoters need in a cluster', () => {
  const credential = {
    name: 'registry',
    purpose: 'registryPush',
    holder: 'the furnace',
    store: { kind: 'kubernetes', secretName: 'furnace-registry', keys: ['password'], namespace: 'shop-builds' },
    scope: 'write on acme',
  } as const;
  const found = (delivery: Delivery, place = 'tools'): readonly string[] => {
    const all: string[] = [];
    const environment = environmentOf(delivery, place);
    toolNeedsOf(madeUpTools).find?.(
      { delivery, environment, objects: new ObjectIndex([], '') },
      ({ object, message }) => all.push(`${object} ${message}`),
    );
    return all;
  };
  const withCredentials = (credentials: Toolchain['credentials']): Delivery =>
    withToolchains(built(withTools({ credentials })));

  test('is there where a credential of the place, or of the delivery in its namespace, declares what they read', () => {
    const ofDelivery = built(withTools());

    expect(found(withCredentials([credential]))).toEqual([]);
    expect(found(withToolchains({ ...ofDelivery, credentials: [...ofDelivery.credentials, credential] }))).toEqual([]);
  });

  test.each<[string, Toolchain['credentials'], string]>([
    [
      'a Secret that nothing declares',
      [],
      'Secret/furnace-registry is read by a builder or a promoter in shop-builds, and no credential declares it; add one of the purpose "registryPush" with the keys password to toolchains.tools.credentials',
    ],
    [
      'one in another namespace',
      [{ ...credential, store: { ...credential.store, namespace: 'shop-tools' } }],
      'Secret/furnace-registry is read by a builder or a promoter in shop-builds, and no credential declares it; add one of the purpose "registryPush" with the keys password to toolchains.tools.credentials',
    ],
    [
      'a key that is missing',
      [{ ...credential, store: { ...credential.store, keys: ['user'] } }],
      'Secret/furnace-registry is read by a builder or a promoter, which needs password too; add that to the keys of toolchains.tools.credentials.registry',
    ],
    [
      'another purpose',
      [{ ...credential, purpose: 'registryRead' }],
      'Secret/furnace-registry is read by a builder or a promoter as "registryPush"; write that as the purpose of toolchains.tools.credentials.registry, got "registryRead"',
    ],
  ])('fails for %s', (_what, credentials, message) => {
    expect(found(withCredentials(credentials))).toEqual([message]);
  });

  test('fails for who runs in a toolchain where none is named', () => {
    const delivery = withToolchains(withTools());
    const all: string[] = [];
    toolNeedsOf({ ofSupply: () => furnace, ofStage: () => ferry }).find?.(
      { delivery, environment: environmentOf(delivery, 'dev'), objects: new ObjectIndex([], '') },
      ({ object, message }) => all.push(`${object} ${message}`),
    );

    expect(all).toEqual([
      'Stage/dev its promoter runs in a toolchain, and none is named; write the name of one as stages.dev.toolchain',
      'Supply/images its builder runs in a toolchain, and none is named; write the name of one as supplies.images.toolchain',
    ]);
  });
});
