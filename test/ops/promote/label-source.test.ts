import { describe, expect, test } from '@jest/globals';
import { withSource } from '../../../src/ops/promote/label-source.ts';
import { RegistryError } from '../../../src/ops/registry/registry-error.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const commit = 'c'.repeat(40);
const delivery = validDelivery();
const images = {
  orders: { repository: 'acme/orders', tag: 'v2' },
  payments: { repository: 'acme/payments', tag: 'v2' },
};

describe('a release whose source is not on record', () => {
  test('gets the commit that all its images say they were built from, and the repository of their supply', async () => {
    expect(await withSource(delivery, { images }, () => Promise.resolve(commit))).toEqual({
      images,
      source: { repository: 'shop', commit },
    });
  });

  test('keeps the one that is on record, and asks nobody', async () => {
    const release = { images, source: { repository: 'shop', commit: 'd'.repeat(40) } };

    expect(await withSource(delivery, release, () => Promise.reject(new Error('asked')))).toBe(release);
  });

  test.each([
    ['one image says none', (reference: string) => (reference.includes('orders') ? commit : undefined)],
    ['one says another', (reference: string) => (reference.includes('orders') ? commit : 'd'.repeat(40))],
    ['none says any', () => undefined],
  ])('fails to get one where %s', async (_what, said) => {
    expect(await withSource(delivery, { images }, (reference) => Promise.resolve(said(reference)))).toEqual({ images });
  });

  test('fails to get one where the registry does not answer, or nobody is asked', async () => {
    const silent = (): Promise<string> => Promise.reject(new RegistryError('unreachable', 'no answer'));

    expect(await withSource(delivery, { images }, silent)).toEqual({ images });
    expect(await withSource(delivery, { images }, undefined)).toEqual({ images });
  });
});
