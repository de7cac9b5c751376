import { describe, expect, test } from '@jest/globals';
import { statedRegistries } from '../../../../src/model/rules/version/stated-registries.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const from = (...registries: readonly string[]): readonly string[] =>
  told(statedRegistries, { ...validDelivery(), policies: { registries } });

describe('registries that images may come from', () => {
  test('passes with a folder, with a port, and where none is said', () => {
    expect(told(statedRegistries, validDelivery())).toEqual([]);
    expect(from('docker.io', 'ghcr.io/acme', 'localhost:5000')).toEqual([]);
  });

  test('fails where none is named, one is no host, or one is named twice', () => {
    expect(from()).toEqual(['policies.registries: must name at least one registry; leave it out for any, got []']);
    expect(from('acme', 'https://ghcr.io', 'ghcr.io', 'ghcr.io')).toEqual([
      'policies.registries: must be the host of a registry, with a folder or without, e.g. "ghcr.io/acme", got "acme"',
      'policies.registries: must be the host of a registry, with a folder or without, e.g. "ghcr.io/acme", got "https://ghcr.io"',
      'policies.registries: must name each registry once, got "ghcr.io"',
    ]);
  });
});
