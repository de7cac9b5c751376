import { expect, test } from '@jest/globals';
import { namespaces } from '../../../../src/review/checks/identity/namespaces.ts';
import { bootstrap, findings, object, volume } from '../small-objects.ts';

test("accepts objects of the environment's namespace, cluster-scoped ones without, and what bootstrap/ holds", () => {
  const found = findings(namespaces, [
    object('v1', 'Service', 'dev-orders', {}, { namespace: 'dev' }),
    volume('dev-volume'),
    bootstrap(object('v1', 'Namespace', 'dev')),
    bootstrap(object('argoproj.io/v1alpha1', 'Application', 'shop-dev', {}, { namespace: 'argocd' })),
  ]);

  expect(found).toEqual([]);
});

test('fails on an object elsewhere, a Namespace among the manifests, and a namespace where none can be', () => {
  const found = findings(namespaces, [
    object('v1', 'Service', 'dev-orders', {}, { namespace: 'prod' }),
    object('v1', 'Namespace', 'dev'),
    object('v1', 'PersistentVolume', 'dev-volume', {}, { namespace: 'dev' }),
  ]);

  expect(found).toEqual([
    'Service/dev-orders metadata.namespace: must be the environment\'s namespace; write "dev", got "prod"',
    'Namespace/dev: the namespace is made by bootstrap/, before the first sync; remove it from the application',
    'PersistentVolume/dev-volume metadata.namespace: a PersistentVolume has no namespace; remove it, got "dev"',
  ]);
});
