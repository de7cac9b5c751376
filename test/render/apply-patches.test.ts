import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject, Patch } from '../../src/model/application.ts';
import { applyPatches } from '../../src/render/apply-patches.ts';

const path = 'environments.dev.applications.shop.patches';
const objects: readonly KubernetesObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'dev-orders', namespace: 'dev' },
    spec: { replicas: 1, template: { spec: { containers: [{ name: 'a' }], nodeName: 'x' } } },
  },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'dev-orders', namespace: 'dev' } },
];
const patch = (merge: Patch['merge'], name = 'dev-orders'): Patch => ({
  kind: 'Deployment',
  name,
  merge,
  reason: 'the model has no word for it',
});

describe('applyPatches', () => {
  test('merges fields, replaces lists and removes what is null', () => {
    const merge = {
      metadata: { labels: { tier: 'web' } },
      spec: { template: { spec: { containers: [{ name: 'b' }], nodeName: null, hostname: 'h' } } },
    };

    expect(applyPatches(objects, [patch(merge)], path)).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'dev-orders', namespace: 'dev', labels: { tier: 'web' } },
        spec: { replicas: 1, template: { spec: { containers: [{ name: 'b' }], hostname: 'h' } } },
      },
      objects[1],
    ]);
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
        `  ${path}[0]: must name an object that is rendered, prefix included, got "Deployment/orders"\n` +
        `  ${path}[1]: must not change what an object is: its apiVersion, kind, name or namespace, got {"kind":"StatefulSet"}\n` +
        `  ${path}[2]: must not change what an object is: its apiVersion, kind, name or namespace, got {"metadata":{"namespace":"prod"}}`,
    );
  });
});
