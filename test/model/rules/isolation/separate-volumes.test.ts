import { describe, expect, test } from '@jest/globals';
import type { Claim } from '../../../../src/model/application.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { separateVolumes } from '../../../../src/model/rules/isolation/separate-volumes.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withApplication, withEnvironment } from '../../../support/valid-delivery.ts';

const local = { volume: 'uploads-volume', node: 'node-1', path: '/data/prod' } as const;

const withLocal = (change: Partial<NonNullable<Claim['local']>>): Delivery =>
  withApplication(validDelivery(), 'prod', (shop) => ({
    ...shop,
    claims: (shop.claims ?? []).map((claim) => ({ ...claim, local: { ...local, ...change } })),
  }));

const path = 'environments.prod.applications.shop.claims.uploads.local';
const other = 'environments.dev.applications.shop.claims.uploads.local';

describe('local volumes share neither name nor folder', () => {
  test('passes where each environment has its prefix and its folder, or its node', () => {
    expect(told(separateVolumes, validDelivery())).toEqual([]);
    expect(told(separateVolumes, withLocal({ path: '/data/dev', node: 'node-2' }))).toEqual([]);
  });

  test('fails where two claims use one folder of one node', () => {
    expect(told(separateVolumes, withLocal({ path: '/data/dev' }))).toEqual([
      `${path}.path: is the folder of ${other} too; give each volume its own, got "node-1:/data/dev"`,
    ]);
  });

  test('fails where two environments make one PersistentVolume', () => {
    const delivery = ['dev', 'prod'].reduce(
      (it, name) => withEnvironment(it, name, (environment) => ({ ...environment, namePrefix: '' })),
      validDelivery(),
    );

    expect(told(separateVolumes, delivery)).toEqual([
      `${path}.volume: makes the same PersistentVolume as ${other}, and the cluster has one of a name, got "uploads-volume"`,
    ]);
  });

  test('fails for a folder that is not absolute', () => {
    expect(told(separateVolumes, withLocal({ path: 'data' }))).toEqual([
      `${path}.path: must be an absolute path without a slash at its end, got "data"`,
    ]);
  });
});
