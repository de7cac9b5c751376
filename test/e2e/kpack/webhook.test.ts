import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { cats } from '../../examples/cat-service/example.ts';
import { withKpack } from '../../support/built-by-kpack.ts';
import { timeout } from '../../support/long-enough.ts';
import { withLook } from '../../support/looked-for-in-cluster.ts';
import {
  apart,
  apply,
  applyOnceAnswered,
  identityOf,
  kubectl,
  kubectlDiff,
  ran,
  removeFollowers,
  stored,
  toolchainOf,
  withNamespaceOfArgoCD,
  withoutFinalizers,
} from '../../support/strict-server.ts';

const howTo = `these tests need a throw-away cluster, named by KUBECONFIG, with kpack 0.17's definitions and webhook and the definitions of Argo CD 3.2 or later
in the namespace argocd, which is made where it is not there; and kubectl and kpack-check on the PATH. PORTOLAN_E2E=throw-away says that the cluster may be destroyed.
The namespaces cat-service-build, shop-builds, shop-tools, cat-service-strict-dev and cat-service-strict-prod are removed, and every ClusterStack and ClusterStore`;

const namespaces = [
  'cat-service-build',
  'shop-builds',
  'shop-tools',
  'cat-service-strict-dev',
  'cat-service-strict-prod',
];

const ofKpack = (objects: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  objects.filter(({ apiVersion }) => apiVersion.startsWith('kpack.io/'));

/** The example's own, and the other ways in which kpack's objects are rendered. */
const toolchains: readonly (readonly [string, () => readonly KubernetesObject[]])[] = [
  ['cat-service: of a copy, with a cache and settings', () => toolchainOf(withToolchains(cats()), 'build')],
  [
    'a class of disks is named',
    () => toolchainOf(withKpack({}, { cache: { size: '3Gi', storageClass: 'local-path' } }), 'tools'),
  ],
  ['a CronJob looks for what kpack built', () => toolchainOf(withLook(), 'build')],
];

/** A rendered object of kpack's with something wrong in it, and what its webhook says. */
const mistakes: readonly (readonly [string, string, (spec: Record<string, unknown>) => unknown, string])[] = [
  [
    'a builder of a kind that there is none of',
    'Image/cats',
    (spec) => ({ ...spec, builder: { kind: 'Builders', name: 'cats' } }),
    'invalid value: Builders: spec.builder.kind',
  ],
  [
    'no source',
    'Image/cats',
    (spec) => ({ ...spec, source: {} }),
    'expected exactly one, got neither: spec.source.blob, spec.source.git',
  ],
  [
    'two sources',
    'Image/cats',
    (spec) => ({ ...spec, source: { ...(spec['source'] as object), registry: { image: 'a/b' } } }),
    'expected exactly one, got both: spec.source.git, spec.source.registry',
  ],
  ['an image that is no reference', 'Image/cats', (spec) => ({ ...spec, tag: 'not a tag' }), 'spec.tag'],
  [
    'another image for what is built already',
    'Image/cats',
    (spec) => ({ ...spec, tag: 'gcr.io/pgtm-jlong/dogs' }),
    'Immutable field changed',
  ],
  ['a stack without base images', 'ClusterStack/cat-service-build.cats', ({ id }) => ({ id }), 'spec.buildImage.image'],
  ['a builder without a stack', 'Builder/cats', ({ stack: _, ...spec }) => spec, 'spec.stack'],
  [
    'a store of no image',
    'ClusterStore/cat-service-build.cats',
    (spec) => ({ ...spec, sources: [{ image: '' }] }),
    'spec.sources[0]',
  ],
];

beforeAll(async () => {
  if ((process.env['KUBECONFIG'] ?? '') === '' || process.env['PORTOLAN_E2E'] !== 'throw-away') throw new Error(howTo);
  await clear();
  await withNamespaceOfArgoCD();
});

afterAll(clear);

/** Where the example's releases run. */
const environments = ['dev', 'prod'].map(
  (place) => [place, toolchainOf(withToolchains(apart(cats())), place)] as const,
);

async function clear(): Promise<void> {
  for (const kind of ['clusterstacks.kpack.io', 'clusterstores.kpack.io']) await kubectl('delete', kind, '--all');
  await removeFollowers([...toolchains.flatMap(([, objects]) => objects()), ...environments.flatMap(([, it]) => it)]);
  await kubectl('delete', 'namespace', ...namespaces, '--ignore-not-found', timeout(60));
}

describe.each(toolchains)("a toolchain, as kpack's webhook and a strict API server see it: %s", (_, made) => {
  const objects = made();

  test('is taken, every object of it, and every field is known', async () => {
    const inside = objects.filter(({ kind }) => kind === 'Namespace');
    expect(await apply(inside)).toMatchObject({ exitCode: 0, said: '' });
    const { said } = await applyOnceAnswered(objects);

    expect(withoutFinalizers(said)).toBe('');
    // The server keeps fields of kpack's kinds that it does not know; kpack's own types do not.
    expect(await ran('kpack-check', ['-'], objects.map((it) => JSON.stringify(it)).join('\n---\n'))).toMatchObject({
      exitCode: 0,
      said: '',
    });
    expect(
      ofKpack(objects)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['Builder', 'ClusterStack', 'ClusterStore', 'Image']);
  });

  test('comes back as it was rendered: nothing is filled in, so that an engine sees no difference', async () => {
    for (const object of ofKpack(objects))
      expect([identityOf(object), await stored(object)]).toEqual([identityOf(object), object]);
    for (const object of objects) expect(await stored(object)).toMatchObject(object);
    expect(await kubectlDiff(objects)).toEqual({ exitCode: 0, stdout: '', said: expect.not.stringContaining('error') });
  });
});

describe.each(environments)('an environment of the example, as a strict API server sees it: %s', (_, objects) => {
  test('is taken, every object of it, and every field is known', async () => {
    expect(await apply(objects.filter(({ kind }) => kind === 'Namespace'))).toMatchObject({ exitCode: 0, said: '' });
    const { exitCode, said } = await apply(objects);

    expect([exitCode, withoutFinalizers(said)]).toEqual([0, '']);
  });
});

describe("a mistake that is put into the example's objects", () => {
  const objects = toolchainOf(withToolchains(cats()), 'build');
  const changed = (identity: string, change: (spec: Record<string, unknown>) => unknown): KubernetesObject => {
    const found = ofKpack(objects).find((it) => identityOf(it) === identity);
    if (found === undefined) throw new Error(`${identity} is not rendered`);
    return { ...found, spec: change(found['spec'] as Record<string, unknown>) };
  };

  test.each(mistakes)('is refused by the webhook: %s', async (_, identity, change, why) => {
    const { exitCode, said } = await apply([changed(identity, change)], '--dry-run=server');

    expect([exitCode, said]).toEqual([1, expect.stringContaining(why)]);
  });

  test('is refused by the API server: a ServiceAccount with a field that there is none of', async () => {
    const account = objects.find(({ kind }) => kind === 'ServiceAccount');
    const { exitCode, said } = await apply([{ ...account!, imagePullSecret: [] }], '--dry-run=server');

    expect([exitCode, said]).toEqual([1, expect.stringContaining('imagePullSecret')]);
  });

  test("is refused by kpack's own types: a field that there is none of, which the API server lets pass", async () => {
    const image = changed('Image/cats', (spec) => ({ ...spec, revision: 'main' }));

    expect(await apply([image], '--dry-run=server')).toMatchObject({ exitCode: 0 });
    expect(await ran('kpack-check', ['-'], JSON.stringify(image))).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('revision'),
    });
  });
});
