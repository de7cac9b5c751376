import { expect, test } from '@jest/globals';
import { secretObjects } from '../../../../src/review/checks/security/secret-objects.ts';
import { findings, object } from '../small-objects.ts';

test('accepts a Secret that a controller fills', () => {
  expect(
    findings(secretObjects, [object('v1', 'Secret', 'dev-token', { type: 'kubernetes.io/service-account-token' })]),
  ).toEqual([]);
});

test('fails on a Secret with contents, naming its keys alone', () => {
  const found = findings(secretObjects, [
    object('v1', 'Secret', 'dev-db', { stringData: { POSTGRES_PASSWORD: 'hunter2' }, data: { other: 'aHVudGVyMg==' } }),
  ]);

  expect(found).toEqual([
    'Secret/dev-db data: a Secret with contents is rendered (other); remove it and declare a credential with these keys',
    'Secret/dev-db stringData: a Secret with contents is rendered (POSTGRES_PASSWORD); remove it and declare a credential with these keys',
  ]);
});
