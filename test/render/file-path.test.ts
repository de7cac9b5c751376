import { expect, test } from '@jest/globals';
import { bootstrapPath, groupOf, manifestPath } from '../../src/render/file-path.ts';

const object = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: 'dev-a' } });

test('a file is called after the kind, the group and the name of its object', () => {
  expect(manifestPath('shop', object('v1', 'ConfigMap'), 'dev')).toBe('manifests/shop/configmap.dev-a.yaml');
  expect(manifestPath('shop', object('apps/v1', 'Deployment'), 'dev')).toBe(
    'manifests/shop/deployment.apps.dev-a.yaml',
  );
  expect(bootstrapPath(20, object('argoproj.io/v1alpha1', 'AppProject'))).toBe('bootstrap/20-appproject.dev-a.yaml');
});

test('the core group is empty', () => {
  expect([groupOf({ apiVersion: 'v1' }), groupOf({ apiVersion: 'networking.k8s.io/v1' })]).toEqual([
    '',
    'networking.k8s.io',
  ]);
});
