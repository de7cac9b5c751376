import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject, Patch } from '../../../src/model/application.ts';
import { applyPatches } from '../../../src/render/patches/apply-patches.ts';

const path = 'environments.dev.applications.shop.patches';
const pod = {
  containers: [
    {
      name: 'orders',
      image: 'registry.example/orders:1',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      ports: [{ name: 'http', containerPort: 8080 }],
      args: ['--quiet'],
    },
    { name: 'proxy', image: 'registry.example/proxy:1' },
  ],
  nodeName: 'x',
};
const workload: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'dev-orders', namespace: 'dev' },
  spec: { replicas: 1, template: { spec: pod } },
};
const objects = [
  { object: workload, released: new Set(['orders']) },
  { object: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'dev-orders', namespace: 'dev' } } },
];
const patch = (merge: Patch['merge'], name = 'dev-orders'): Patch => ({
  kind: 'Deployment',
  name,
  merge,
  reason: 'the model has no word for it',
});
const inPod = (spec: Readonly<Record<string, unknown>>): Patch => patch({ spec: { template: { spec } } });
const [orders, proxy] = pod.containers;
const podWith = (...patches: readonly Patch[]): unknown =>
  (applyPatches(objects, patches, path)[0] as { readonly spec?: { readonly template: { readonly spec: unknown } } })
    .spec?.template.spec;

describe('applyPatches', () => {
  test('merges fields, and removes what is null', () => {
    const merge = {
      metadata: { labels: { tier: 'web' } },
      spec: { template: { spec: { nodeName: null, hostname: 'h' } } },
    };

    expect(applyPatches(objects, [patch(merge)], path)).toEqual([
      {
        ...workload,
        metadata: { name: 'dev-orders', namespace: 'dev', labels: { tier: 'web' } },
        spec: { replicas: 1, template: { spec: { containers: pod.containers, hostname: 'h' } } },
      },
      objects[1]?.object,
    ]);
  });

  test('reaches into one container by its name, and leaves its image and its neighbours alone', () => {
    const lifecycle = { preStop: { sleep: { seconds: 5 } } };

    expect(podWith(inPod({ containers: [{ name: 'orders', lifecycle }] }))).toEqual({
      ...pod,
      containers: [{ ...orders, lifecycle }, proxy],
    });
  });

  test.each<readonly [string, unknown, unknown]>([
    [
      'changes a variable by its name',
      { env: [{ name: 'B', value: '3' }] },
      { env: [orders?.env?.[0], { name: 'B', value: '3' }] },
    ],
    [
      'adds a variable at the end',
      { env: [{ name: 'C', value: '3' }] },
      { env: [...(orders?.env ?? []), { name: 'C', value: '3' }] },
    ],
    ['removes a variable', { env: [{ name: 'A', $patch: 'delete' }] }, { env: [orders?.env?.[1]] }],
    [
      'replaces all of them',
      { env: [{ $patch: 'replace' }, { name: 'D', value: '4' }] },
      { env: [{ name: 'D', value: '4' }] },
    ],
    [
      'finds a port by its number and TCP',
      { ports: [{ containerPort: 8080, name: 'web' }] },
      { ports: [{ name: 'web', containerPort: 8080 }] },
    ],
    [
      'tells a port from another of UDP',
      { ports: [{ containerPort: 8080, protocol: 'UDP' }] },
      { ports: [...(orders?.ports ?? []), { containerPort: 8080, protocol: 'UDP' }] },
    ],
    ['replaces a list whose entries have only a position', { args: ['--loud'] }, { args: ['--loud'] }],
    [
      'makes a list where there was none',
      { volumeMounts: [{ mountPath: '/x', name: 'x' }] },
      { volumeMounts: [{ mountPath: '/x', name: 'x' }] },
    ],
  ])('%s', (_what, change, result) => {
    expect(podWith(inPod({ containers: [{ name: 'orders', ...(change as object) }] }))).toEqual({
      ...pod,
      containers: [{ ...orders, ...(result as object) }, proxy],
    });
  });

  test('adds a container that has an image, and removes another', () => {
    const added = { name: 'logs', image: 'registry.example/logs:1' };

    expect(podWith(inPod({ containers: [added, { name: 'proxy', $patch: 'delete' }] }))).toEqual({
      ...pod,
      containers: [orders, added],
    });
  });

  test('applies patches of one object one after the other, and leaves what it was given alone', () => {
    const before = JSON.stringify(objects);

    expect(
      applyPatches(
        objects,
        [patch({ spec: { replicas: 2, paused: true } }), patch({ spec: { replicas: 3 } })],
        path,
      )[0],
    ).toMatchObject({ spec: { replicas: 3, paused: true } });
    expect(JSON.stringify(objects)).toBe(before);
  });

  test('puts a mapping where there was none', () => {
    expect(applyPatches(objects, [patch({ spec: { replicas: { a: null, b: 1 } } })], path)[0]).toMatchObject({
      spec: { replicas: { b: 1 } },
    });
  });

  test('fails for a patch of nothing, and for one that makes another object of it, both at once', () => {
    expect(() =>
      applyPatches(
        objects,
        [patch({}, 'orders'), patch({ kind: 'StatefulSet' }), patch({ metadata: { namespace: 'prod' } })],
        path,
      ),
    ).toThrow(
      'portolan: the delivery is not valid (3 problems)\n' +
        `  ${path}[0]: must name an object that is rendered, prefix included: "dev-orders", got "Deployment/orders"\n` +
        `  ${path}[1]: must not change what an object is: its apiVersion, kind, name or namespace, got {"kind":"StatefulSet"}\n` +
        `  ${path}[2]: must not change what an object is: its apiVersion, kind, name or namespace, got {"metadata":{"namespace":"prod"}}`,
    );
  });

  describe('where several objects are called so', () => {
    const probe = (namespace: string, apiVersion = 'apps/v1') => ({
      object: { apiVersion, kind: 'Deployment', metadata: { name: 'probe', namespace }, spec: { replicas: 1 } },
    });
    const twice = { ...patch({ spec: { replicas: 2 } }, 'probe') };
    const patched = (
      change: Partial<Patch>,
      probes: readonly ReturnType<typeof probe>[] = [probe('dev'), probe('monitoring')],
    ): readonly unknown[] =>
      applyPatches(probes, [{ ...twice, ...change }], path).map(
        (object) => (object['spec'] as { replicas: number }).replicas,
      );

    test('changes the one of its namespace, or of its apiVersion, alone', () => {
      expect(patched({ namespace: 'monitoring' })).toEqual([1, 2]);
      expect(patched({ apiVersion: 'old.example/v1' }, [probe('dev'), probe('dev', 'old.example/v1')])).toEqual([1, 2]);
    });

    test.each<readonly [string, Partial<Patch>, readonly ReturnType<typeof probe>[], string]>([
      [
        'one that says neither: another namespace',
        {},
        [probe('dev'), probe('monitoring')],
        ': must say which of the objects that are called so it changes, by its namespace: "dev" or "monitoring", got "Deployment/probe"',
      ],
      [
        'one that says neither: another API',
        {},
        [probe('dev'), probe('dev', 'old.example/v1')],
        ': must say which of the objects that are called so it changes, by its apiVersion: "apps/v1" or "old.example/v1", got "Deployment/probe"',
      ],
      [
        'a namespace in which there is none',
        { namespace: 'monitorin' },
        [probe('dev'), probe('monitoring')],
        '.namespace: must be that of an object Deployment/probe: "dev" or "monitoring", got "monitorin"',
      ],
      [
        'an API of which there is none',
        { apiVersion: 'v1' },
        [probe('dev')],
        '.apiVersion: must be that of an object Deployment/probe: "apps/v1", got "v1"',
      ],
    ])('fails for %s', (_what, change, probes, message) => {
      expect(() => patched(change, probes)).toThrow(`(1 problem)\n  ${path}[0]${message}`);
    });
  });

  const containers = `${path}[0].merge.spec.template.spec.containers`;
  test.each<readonly [string, Patch, string]>([
    [
      'a container that is none',
      inPod({ containers: [{ name: 'ordres', tty: true }] }),
      `${containers}[0]: must name an entry of the list: "orders" or "proxy", or have an image, to add a container, got "ordres"`,
    ],
    [
      'an entry without its key',
      inPod({ containers: [{ tty: true }] }),
      `${containers}[0]: must have name, which tells the entries of this list apart, got {"tty":true}`,
    ],
    [
      'an entry that is none to remove',
      inPod({ containers: [{ name: 'orders', env: [{ name: 'Z', $patch: 'delete' }] }] }),
      `${containers}[0].env[0]: must name an entry of the list: "A" or "B", got "Z"`,
    ],
    [
      'a word that means nothing',
      inPod({ containers: [{ name: 'orders', $patch: 'merge', tty: true }] }),
      `${containers}[0].$patch: must be "delete" or "replace", got "merge"`,
    ],
    [
      'such a word outside of a list',
      patch({ spec: { $patch: 'replace', replicas: 2 } }),
      `${path}[0].merge.spec.$patch: must stand in an entry of a list whose entries have keys; a field is removed with null, got "replace"`,
    ],
    [
      'the image of an artifact',
      inPod({ containers: [{ name: 'orders', image: 'registry.example/orders:2' }] }),
      `${path}[0].merge: must leave the image of the container "orders" alone: it is an artifact, and a release sets its version`,
    ],
    [
      'the container of an artifact',
      inPod({ containers: [{ name: 'orders', $patch: 'delete' }] }),
      `${path}[0].merge: must leave the image of the container "orders" alone: it is an artifact, and a release sets its version`,
    ],
    [
      'what is so already',
      patch({ spec: { replicas: 1 } }),
      `${path}[0].merge: changes nothing, the object has all of it already; take the patch out, got {"spec":{"replicas":1}}`,
    ],
  ])('fails for %s', (_what, wrong, message) => {
    expect(() => applyPatches(objects, [wrong], path)).toThrow(
      `portolan: the delivery is not valid (1 problem)\n  ${message}`,
    );
  });
});
