import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { neededIn } from '../../../src/render/tools.ts';
import { builtByKpack, withKpack } from '../../support/built-by-kpack.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';

/** What is rendered in the toolchain, by `Kind/name`. */
function objectsOf(delivery: Delivery): ReadonlyMap<string, KubernetesObject> {
  const { objects } = rendered(delivery, 'tools', { images: {} });
  return new Map(objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]));
}

const secretsOf = (delivery: Delivery) => neededIn(delivery, environmentOf(delivery, 'tools'), 'tools').secrets;

describe('a toolchain of kpack', () => {
  const objects = objectsOf(withKpack());

  test('has an image with its builder, and base images and buildpacks of the cluster, and no rule and no check finds anything', () => {
    expect(problemsOf(builtByKpack()).map(describeProblem)).toEqual([]);
    expect([...objects.keys()].sort()).toEqual([
      'AppProject/shop-tools',
      'Application/shop-tools',
      'Builder/orders',
      'ClusterStack/shop-builds.orders',
      'ClusterStore/shop-builds.orders',
      'Image/orders',
      'Namespace/shop-builds',
      'Namespace/shop-tools',
      'ServiceAccount/orders',
    ]);
    expect(findings(withKpack())).toEqual([]);
  });

  test('builds the branch that tested commits alone reach, read with a key, and says what kpack would fill in', () => {
    expect(objects.get('Image/orders')?.['spec']).toEqual({
      tag: 'acme/orders',
      imageTaggingStrategy: 'BuildNumber',
      builder: { kind: 'Builder', name: 'orders' },
      serviceAccountName: 'orders',
      source: { git: { url: 'git@github.com:acme/shop-release.git', revision: 'release' } },
      successBuildHistoryLimit: 10,
      failedBuildHistoryLimit: 10,
    });
    expect(objects.get('Builder/orders')?.['spec']).toEqual({
      tag: 'acme/builder',
      serviceAccountName: 'orders',
      stack: { kind: 'ClusterStack', name: 'shop-builds.orders' },
      store: { kind: 'ClusterStore', name: 'shop-builds.orders' },
      lifecycle: { kind: 'ClusterLifecycle', name: 'default-lifecycle' },
      order: [{ group: [{ id: 'paketo-buildpacks/java' }] }, { group: [{ id: 'paketo-buildpacks/nodejs' }] }],
    });
  });

  test('builds with the account of the supply alone, of images by their digests', () => {
    const account = { name: 'orders', namespace: 'shop-builds' };

    expect(objects.get('ServiceAccount/orders')).toMatchObject({
      automountServiceAccountToken: false,
      secrets: [{ name: 'kpack-push' }, { name: 'kpack-read' }],
      imagePullSecrets: [{ name: 'kpack-push' }],
    });
    for (const kind of ['ClusterStack', 'ClusterStore'])
      expect(fieldAt(objects.get(`${kind}/shop-builds.orders`), 'spec', 'serviceAccountRef')).toEqual(account);
    expect(objects.get('ClusterStack/shop-builds.orders')?.['spec']).toMatchObject({
      id: 'io.buildpacks.stacks.jammy',
      buildImage: { image: expect.stringMatching(/^paketobuildpacks\/build-jammy-base@sha256:[0-9a-f]{64}$/) },
      runImage: { image: expect.stringMatching(/^paketobuildpacks\/run-jammy-base@sha256:[0-9a-f]{64}$/) },
    });
  });

  test('reads a login that pushes, and a key with the host that it is for', () => {
    const namespace = 'shop-builds';

    expect(secretsOf(withKpack())).toEqual([
      { purpose: 'registryPush', secretName: 'kpack-push', namespace, keys: ['.dockerconfigjson'] },
      {
        purpose: 'gitRead',
        secretName: 'kpack-read',
        namespace,
        keys: ['ssh-privatekey'],
        annotations: { 'kpack.io/git': 'git@github.com' },
      },
    ]);
  });

  test('reads what is public without a key, keeps layers and hands settings to buildpacks where it is told to', () => {
    const { readsWith: _, ...builder } = withKpack().supplies[1]!.builder as Extract<
      Delivery['supplies'][number]['builder'],
      { kind: 'kpack' }
    >;
    const delivery = withKpack({
      builder: { ...builder, cache: { size: '3Gi', storageClass: 'fast' }, env: { BP_JVM_VERSION: '21' } },
    });

    expect(objectsOf(delivery).get('Image/orders')?.['spec']).toMatchObject({
      source: { git: { url: 'https://github.com/acme/shop-release.git', revision: 'release' } },
      cache: { volume: { size: '3Gi', storageClassName: 'fast' } },
      build: { env: [{ name: 'BP_JVM_VERSION', value: '21' }], resources: {} },
    });
    expect(secretsOf(delivery).map(({ secretName }) => secretName)).toEqual(['kpack-push']);
  });

  test('looks at the source itself where nothing is copied', () => {
    const { copiesTo: _, ...supply } = withKpack().supplies[1]!;
    const delivery = withKpack();
    const changed = { ...delivery, supplies: [delivery.supplies[0]!, supply] };

    expect(fieldAt(objectsOf(changed).get('Image/orders'), 'spec', 'source', 'git')).toEqual({
      url: 'git@github.com:acme/shop.git',
      revision: 'main',
    });
  });
});
