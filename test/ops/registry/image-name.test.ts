import { expect, test } from '@jest/globals';
import { parseImageName, registryOrigin } from '../../../src/ops/registry/image-name.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  [
    'nats:2.10-alpine',
    { registry: 'registry-1.docker.io', name: 'library/nats', repository: 'nats', tag: '2.10-alpine' },
  ],
  ['acme/orders:v1', { registry: 'registry-1.docker.io', name: 'acme/orders', repository: 'acme/orders', tag: 'v1' }],
  [
    'docker.io/acme/orders',
    { registry: 'registry-1.docker.io', name: 'acme/orders', repository: 'docker.io/acme/orders' },
  ],
  [
    `ghcr.io/acme/shop/orders:v1@${digest}`,
    { registry: 'ghcr.io', name: 'acme/shop/orders', repository: 'ghcr.io/acme/shop/orders', tag: 'v1', digest },
  ],
  [
    '127.0.0.1:5000/orders:v1',
    { registry: '127.0.0.1:5000', name: 'orders', repository: '127.0.0.1:5000/orders', tag: 'v1' },
  ],
])('takes %s apart', (reference, expected) => {
  expect(parseImageName(reference)).toEqual(expected);
});

test.each(['', 'Acme/orders', 'acme/', 'acme//orders:v1', 'acme/orders:v1 --flag', 'acme/orders@sha256:abc', '-x:1'])(
  'fails to read %j as a reference',
  (reference) => {
    expect(parseImageName(reference)).toBeUndefined();
  },
);

test('asks registries on this machine without TLS, and no other', () => {
  expect(registryOrigin('127.0.0.1:5000')).toBe('http://127.0.0.1:5000');
  expect(registryOrigin('localhost.evil.example')).toBe('https://localhost.evil.example');
});
