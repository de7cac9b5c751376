import { expect, test } from '@jest/globals';
import { configMaps } from '../../../../../src/review/checks/references/pods/config-maps.ts';
import { configMap, container, deployment, findings, withContainer } from '../../small-objects.ts';

test('accepts ConfigMaps and keys that are rendered, and optional ones that are not', () => {
  const pod = deployment('dev-orders', {
    containers: [
      container({
        envFrom: [{ configMapRef: { name: 'dev-orders-config' } }, { configMapRef: { name: 'extra', optional: true } }],
        env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'dev-orders-config', key: 'A' } } }],
      }),
    ],
    volumes: [{ name: 'files', configMap: { name: 'dev-orders-config', items: [{ key: 'B', path: 'b' }] } }],
  });

  const found = findings(configMaps, [pod, configMap('dev-orders-config', { A: '1', B: '2' })]);

  expect(found).toEqual([]);
});

test('fails on a ConfigMap that nothing renders, as variable, as variables and as files', () => {
  const pod = deployment('dev-orders', {
    containers: [
      container({
        envFrom: [{ configMapRef: { name: 'dev-orders-confg' } }],
        env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'other', key: 'A' } } }],
      }),
    ],
    volumes: [
      { name: 'files', configMap: { name: 'scripts' } },
      { name: 'all', projected: { sources: [{ configMap: { name: 'more' } }] } },
    ],
  });

  const found = findings(configMaps, [pod, configMap('dev-orders-config')]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.name: there is no ConfigMap "other" in this environment; write "dev-orders-config"',
    'Deployment/dev-orders spec.template.spec.containers[0].envFrom[0].configMapRef.name: there is no ConfigMap "dev-orders-confg" in this environment; write "dev-orders-config"',
    'Deployment/dev-orders spec.template.spec.volumes[0].configMap.name: there is no ConfigMap "scripts" in this environment; write "dev-orders-config"',
    'Deployment/dev-orders spec.template.spec.volumes[1].projected.sources[0].configMap.name: there is no ConfigMap "more" in this environment; write "dev-orders-config"',
  ]);
});

test('fails on a key that the ConfigMap does not have', () => {
  const pod = withContainer({
    env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'dev-orders-config', key: 'LOG_LEVLE' } } }],
  });

  const found = findings(configMaps, [pod, configMap('dev-orders-config', { LOG_LEVEL: 'INFO', MODE: 'x' })]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.key: ConfigMap "dev-orders-config" has no key "LOG_LEVLE"; write "LOG_LEVEL"',
  ]);
});
