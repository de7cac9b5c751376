import { describe, expect, test } from '@jest/globals';
import type { ObjectKind } from '../../../src/review/schema/schema-catalog.ts';
import type { FieldStep } from '../../../src/review/schema/schema-path.ts';
import { childSchema, keysOfList, listKeys } from '../../../src/review/schema/list-keys.ts';
import { catalog } from './change-object.ts';

const deployment: ObjectKind = { apiVersion: 'apps/v1', kind: 'Deployment' };
const pod: readonly FieldStep[] = ['spec', 'template', 'spec'];

describe('the entries of a list', () => {
  test.each<readonly [string, ObjectKind, readonly FieldStep[], readonly string[] | string]>([
    ['containers have a name', deployment, [...pod, 'containers'], ['name']],
    ['environment variables have a name', deployment, [...pod, 'containers', 0, 'env'], ['name']],
    [
      'container ports have a number and a protocol',
      deployment,
      [...pod, 'containers', 0, 'ports'],
      ['containerPort', 'protocol'],
    ],
    ['mounts have a path', deployment, [...pod, 'containers', 0, 'volumeMounts'], ['mountPath']],
    ['arguments have only a position', deployment, [...pod, 'containers', 0, 'args'], 'atomic'],
    ['tolerations have only a position', deployment, [...pod, 'tolerations'], 'atomic'],
    [
      'service ports have a number and a protocol',
      { apiVersion: 'v1', kind: 'Service' },
      ['spec', 'ports'],
      ['port', 'protocol'],
    ],
    ['finalizers are a set', deployment, ['metadata', 'finalizers'], 'set'],
    [
      'routes of a custom resource have only a position',
      { apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute' },
      ['spec', 'routes'],
      'atomic',
    ],
    ['an unknown field tells nothing', deployment, ['spec', 'nothing', 'here'], 'atomic'],
    ['an unknown kind tells nothing', { apiVersion: 'example.org/v1', kind: 'Thing' }, ['spec', 'list'], 'atomic'],
  ])('%s', (_what, kind, path, keys) => {
    expect(listKeys(catalog, kind, path)).toEqual(keys);
  });

  test('are found without positions in the path', () => {
    expect(listKeys(catalog, deployment, [...pod, 'containers', 'ports'])).toEqual(['containerPort', 'protocol']);
  });

  test('are found step by step, for a walk that goes down anyway', () => {
    const walked = [...pod, 'volumes'].reduce<ReturnType<typeof childSchema>>(
      (node, step) => (node === undefined ? undefined : childSchema(catalog, node, step)),
      catalog.kindSchema(deployment),
    );

    expect(walked === undefined ? 'lost' : keysOfList(walked)).toEqual(['name']);
  });

  test('are not looked for among what every JavaScript object has', () => {
    expect(listKeys(catalog, deployment, ['spec', 'constructor'])).toBe('atomic');
  });
});
