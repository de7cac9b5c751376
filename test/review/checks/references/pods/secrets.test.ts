import { expect, test } from '@jest/globals';
import { secrets } from '../../../../../src/review/checks/references/pods/secrets.ts';
import { container, deployment, findings, object, withContainer } from '../../small-objects.ts';

const secretKey = (name: string, key: string) =>
  withContainer({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name, key } } }] });

test('accepts Secrets that credentials declare, and those that controllers make from rendered objects', () => {
  const pods = [
    secretKey('dev-orders-db-secret', 'POSTGRES_PASSWORD'),
    secretKey('tls-keys', 'tls.crt'),
    deployment('dev-more', {
      containers: [container({ envFrom: [{ secretRef: { name: 'dev-orders-db-secret' } }] })],
      volumes: [{ name: 'v', secret: { secretName: 'pulled' } }],
    }),
  ];
  const made = [
    object('cert-manager.io/v1', 'Certificate', 'cert', { spec: { secretName: 'tls-keys' } }),
    object('external-secrets.io/v1', 'ExternalSecret', 'pulled', { spec: {} }),
  ];

  const found = findings(secrets, [...pods, ...made]);

  expect(found).toEqual([]);
});

test('fails on a Secret that no credential declares', () => {
  const found = findings(secrets, [
    secretKey('dev-orders-secret', 'POSTGRES_PASSWORD'),
    deployment('dev-more', { imagePullSecrets: [{ name: 'registry' }] }),
    object('traefik.io/v1alpha1', 'IngressRoute', 'dev-shop', { spec: { tls: { secretName: 'tls' } } }),
    object('networking.k8s.io/v1', 'Ingress', 'dev-shop', { spec: { tls: [{ secretName: 'tls' }] } }),
  ]);

  const advice = 'declare one with its keys, or write "dev-orders-db-secret"';
  expect(found).toEqual([
    `Deployment/dev-orders spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name: no credential declares the Secret "dev-orders-secret"; ${advice}`,
    `Deployment/dev-more spec.template.spec.imagePullSecrets[0].name: no credential declares the Secret "registry"; ${advice}`,
    `IngressRoute/dev-shop spec.tls.secretName: no credential declares the Secret "tls"; ${advice}`,
    `Ingress/dev-shop spec.tls[0].secretName: no credential declares the Secret "tls"; ${advice}`,
  ]);
});

test('fails on a key that the credential does not declare', () => {
  const found = findings(secrets, [secretKey('dev-orders-db-secret', 'PASSWORD')]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key: Secret "dev-orders-db-secret" has no declared key "PASSWORD"; write "POSTGRES_PASSWORD"',
  ]);
});

test('fails on a Secret of another namespace, because pods read only their own', () => {
  const found = findings(secrets, [secretKey('shop-ops-dev', 'sshPrivateKey')]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name: no credential declares the Secret "shop-ops-dev"; declare one with its keys, or write "dev-orders-db-secret"',
  ]);
});
