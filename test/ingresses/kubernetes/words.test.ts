import { describe, expect, test } from '@jest/globals';
import { kubernetes } from '../../../src/ingresses/kubernetes/kubernetes.ts';
import { ingressSummary, ingressWords } from '../../../src/ingresses/kubernetes/words.ts';
import type { Path } from '../../../src/objects/change/path.ts';

const path = { path: '/api', pathType: 'Prefix', backend: { service: { name: 'orders', port: { number: 80 } } } };
const object = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop' },
  spec: {
    rules: [{ host: 'a.example', http: { paths: [path, { ...path, path: '/b', pathType: 'Exact' }] } }],
    tls: [{ hosts: ['a.example'], secretName: 'certificate' }],
  },
};
const words = (at: Path, before: unknown, after: unknown): string | undefined =>
  ingressWords({ object, path: at, before, after });
const inRule = (...rest: Path): Path => ['spec', 'rules', { entry: 'a.example' }, ...rest];
const inPath = (...rest: Path): Path => inRule('http', 'paths', { entry: '/api' }, ...rest);

describe('words for a difference of an Ingress', () => {
  test.each<readonly [Path, unknown, unknown, string]>([
    [inPath(), undefined, path, 'route a.example/api/… → orders:80 added'],
    [inPath(), path, undefined, 'route a.example/api/… → orders:80 removed'],
    [inPath('backend', 'service', 'name'), 'a', 'b', 'route a.example/api → Service a → b'],
    [inPath('backend', 'service', 'port', 'number'), 80, 81, 'route a.example/api → port 80 → 81'],
    [inPath('pathType'), 'Prefix', 'Exact', 'route a.example/api: path type Prefix → Exact'],
    [
      inRule(),
      undefined,
      object.spec.rules[0],
      'route a.example/api/… → orders:80, route a.example/b → orders:80 added',
    ],
    [['spec', 'tls'], undefined, object.spec.tls, 'TLS by Secret certificate added'],
    [['spec', 'tls', { entry: 'x' }], object.spec.tls[0], undefined, 'TLS by Secret certificate removed'],
    [['spec', 'tls', 0, 'secretName'], 'a', 'b', 'TLS Secret a → b'],
  ])('%j', (at, before, after, expected) => {
    expect(words(at, before, after)).toBe(expected);
  });

  test('are none for what has no words', () => {
    expect(words(['spec', 'defaultBackend'], 1, 2)).toBeUndefined();
  });

  test('of a new one name its routes and its certificate', () => {
    expect(ingressSummary(object)).toEqual([
      'route a.example/api/… → orders:80',
      'route a.example/b → orders:80',
      'TLS by Secret certificate',
    ]);
  });
});

test('the face of an Ingress reads hosts, and the path that leads to a Service', () => {
  const [service] = kubernetes.services['Ingress']?.(object) ?? [];

  expect(kubernetes.entries['Ingress']?.hosts(object)).toEqual(['a.example']);
  expect(service).toMatchObject({ name: 'orders', port: 80 });
  expect(kubernetes.entries['Ingress']?.paths(object, service?.field ?? '')).toEqual(['/api']);
});
