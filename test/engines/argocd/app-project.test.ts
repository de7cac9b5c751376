import { describe, expect, test } from '@jest/globals';
import { argoProject } from '../../../src/engines/argocd/app-project.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentWith } from '../../constructs/synthesize.ts';

const opsRepository = 'https://github.com/acme/shop-ops.git';
const object = (apiVersion: string, kind: string, namespace?: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'a', ...(namespace === undefined ? {} : { namespace }) },
});
const objectsFor = (objects: readonly KubernetesObject[], environment = environmentWith()) =>
  argoProject({ name: 'shop-dev', environment, opsRepository, objects });

describe('an AppProject of Argo CD', () => {
  test('allows one repository, one namespace, and each kind that is rendered once, in one order', () => {
    const objects = [
      object('v1', 'Service', 'dev'),
      object('apps/v1', 'Deployment', 'dev'),
      object('v1', 'ConfigMap', 'dev'),
      object('v1', 'Service', 'dev'),
      object('v1', 'PersistentVolume'),
    ];

    expect(objectsFor(objects)).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'shop-dev', namespace: 'argocd', finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      spec: {
        description: 'What may run in dev',
        sourceRepos: [opsRepository],
        destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'dev' }],
        clusterResourceWhitelist: [{ group: '', kind: 'PersistentVolume' }],
        namespaceResourceWhitelist: [
          { group: '', kind: 'ConfigMap' },
          { group: '', kind: 'Service' },
          { group: 'apps', kind: 'Deployment' },
        ],
      },
    });
    expect(objectsFor([...objects].reverse())).toEqual(objectsFor(objects));
  });

  test('allows nothing in the cluster itself when nothing there is rendered', () => {
    expect(objectsFor([object('v1', 'Service', 'dev')])).toHaveProperty('spec.clusterResourceWhitelist', []);
  });

  test('deploys to the cluster of the environment', () => {
    const elsewhere = environmentWith({ cluster: { ...environmentWith().cluster, server: 'https://10.0.0.1:6443' } });

    expect(objectsFor([], elsewhere)).toHaveProperty('spec.destinations', [
      { server: 'https://10.0.0.1:6443', namespace: 'dev' },
    ]);
  });
});
