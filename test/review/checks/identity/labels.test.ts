import { expect, test } from '@jest/globals';
import { labels } from '../../../../src/review/checks/identity/labels.ts';
import { configMap, deployment, findings, object, template } from '../small-objects.ts';

test('accepts labels, annotations and keys that Kubernetes accepts', () => {
  const found = findings(labels, [
    object(
      'v1',
      'Service',
      'dev-orders',
      {},
      {
        labels: { 'app.kubernetes.io/name': 'Orders_1.0', empty: '' },
        annotations: { 'a.b/c': 'anything at all: {}' },
      },
    ),
    configMap('dev-orders', { 'init.sql': 'x' }),
    deployment('dev-orders'),
  ]);

  expect(found).toEqual([]);
});

test('fails on what Kubernetes refuses, in the object and in its pod template', () => {
  const found = findings(labels, [
    object('v1', 'Service', 'dev-orders', {}, { labels: { app: 'two words', '-x': 'y' }, annotations: { 'a b': 'c' } }),
    configMap('dev-config', { 'a/b': 'x' }),
    deployment('dev-orders', {}, { template: template({}, { app: 'orders', version: 2 }, { 'Big.Org/x': 'y' }) }),
  ]);

  const ends = 'letters, digits, dashes, dots and underscores, with a letter or digit at both ends';
  expect(found).toEqual([
    `Service/dev-orders metadata.labels["-x"]: a key must be ${ends}, got "-x"`,
    `Service/dev-orders metadata.labels.app: the value of a label must be ${ends}, got "two words"`,
    `Service/dev-orders metadata.annotations["a b"]: a key must be ${ends}, got "a b"`,
    'ConfigMap/dev-config data["a/b"]: a key must be letters, digits, dashes, dots and underscores, got "a/b"',
    'Deployment/dev-orders spec.template.metadata.labels.version: the value of a label must be a text, got 2',
    'Deployment/dev-orders spec.template.metadata.annotations["Big.Org/x"]: a key must be lower-case letters, digits, dashes and dots, with a letter or digit at both ends, got "Big.Org"',
  ]);
});
