import { describe, expect, test } from '@jest/globals';
import { RawObject } from '../../src/constructs/raw-object.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import { objectsOf, placeWith } from './synthesize.ts';

const path = 'environments.dev.applications.shop.objects[0]';
const objectsFor = (object: KubernetesObject) =>
  objectsOf((scope) => new RawObject(scope, 'raw', { place: placeWith(), object, path }));
const refused = (problem: string) => `portolan: the delivery is not valid (1 problem)\n  ${path}${problem}`;

describe('RawObject', () => {
  test('is the object as it was written', () => {
    const object: KubernetesObject = {
      apiVersion: 'monitoring.example.com/v1',
      kind: 'Scrape',
      metadata: { name: 'dev-orders', namespace: 'dev', labels: { team: 'shop' } },
      spec: { interval: '30s', targets: [] },
      extra: { data: true },
    };

    expect(objectsFor(object)).toEqual([object]);
  });

  test('has the images of the release, in containers and wherever else an image stands', () => {
    const object: KubernetesObject = {
      apiVersion: 'postgresql.example.com/v1',
      kind: 'Cluster',
      metadata: { name: 'dev-orders', namespace: 'dev' },
      spec: {
        imageName: { artifact: 'orders' },
        steps: [{ name: 'load', image: { artifact: 'orders' } }, { image: 'busybox:1.37.0' }],
        extraImages: [{ artifact: 'orders' }],
        output: { artifact: 'orders' },
      },
    };
    const reference = 'acme/orders:' + String(validDelivery().initialReleases['dev']?.images['orders']?.tag);

    expect(objectsFor(object)).toEqual([
      {
        ...object,
        spec: {
          imageName: expect.stringContaining(reference),
          steps: [{ name: 'load', image: expect.stringContaining(reference) }, { image: 'busybox:1.37.0' }],
          extraImages: [expect.stringContaining(reference)],
          output: { artifact: 'orders' },
        },
      },
    ]);
  });

  test('knows the artifact behind each of them', () => {
    const place = placeWith();
    const object: KubernetesObject = {
      apiVersion: 'tekton.dev/v1',
      kind: 'Task',
      metadata: { name: 'load', namespace: 'dev' },
      spec: { image: { artifact: 'orders' }, steps: [{ name: 'load', image: { artifact: 'orders' } }] },
    };
    const artifacts: unknown[] = [];
    objectsOf((scope) => artifacts.push(new RawObject(scope, 'raw', { place, object, path }).artifacts));

    expect(artifacts).toEqual([{ 'spec.image': 'orders', load: 'orders' }]);
  });

  test('fails for an artifact that the release has no version of', () => {
    const object: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'dev-once', namespace: 'dev' },
      spec: { containers: [{ name: 'once', image: { artifact: 'search' } }] },
    };

    expect(() => objectsFor(object)).toThrow(
      refused('.spec.containers[0].image: the release has no version of this artifact; bring one in with: '),
    );
  });

  test('may live in no namespace', () => {
    const role: KubernetesObject = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'dev-reader' },
      rules: [],
    };
    const issuer: KubernetesObject = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: 'dev-ca' },
      spec: {},
    };

    expect(objectsFor(role)).toEqual([role]);
    expect(objectsFor(issuer)).toEqual([issuer]);
  });

  test('fails for a Secret', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'token', namespace: 'dev' },
      stringData: { token: 'hush' },
    };

    expect(() => objectsFor(object)).toThrow(
      refused(': must not be a Secret: declare a credential, its value is made outside Git, got "Secret/token"'),
    );
  });

  test('fails for an object of another namespace', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'prod' } };

    expect(() => objectsFor(object)).toThrow(
      refused('.metadata.namespace: must be "dev", the namespace of the environment, got "prod"'),
    );
  });

  test('fails for a kind of Kubernetes that names no namespace, which would land wherever kubectl points', () => {
    expect(() => objectsFor({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' } })).toThrow(
      refused('.metadata.namespace: must be "dev", the namespace of the environment'),
    );
  });

  test('fails for a namespace on a kind that lives in none', () => {
    const object = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'a', namespace: 'dev' } };

    expect(() => objectsFor(object)).toThrow(
      refused('.metadata.namespace: must be left out: a StorageClass lives in no namespace, got "dev"'),
    );
  });

  test('fails without a name of its own, or with one that the API server makes', () => {
    const job = (metadata: object) =>
      objectsFor({ apiVersion: 'batch/v1', kind: 'Job', metadata: metadata as KubernetesObject['metadata'] });
    const must =
      '.metadata.name: must be the name of the object: what is published is compared by name, and a generated one is another object at each sync; write name and remove generateName';

    expect(() => job({ generateName: 'migrate-', namespace: 'dev' })).toThrow(refused(`${must}, got "migrate-"`));
    expect(() => job({ name: 'migrate', generateName: 'migrate-', namespace: 'dev' })).toThrow(
      refused(`${must}, got "migrate-"`),
    );
    expect(() => job({ name: '', namespace: 'dev' })).toThrow(refused(`${must}, got ""`));
    expect(() => job({ namespace: 'dev' })).toThrow(refused(must));
  });
});
