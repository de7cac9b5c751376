import { expect, test } from '@jest/globals';
import { lastField } from '../../../src/objects/change/phrase.ts';

test('the last field of a path is its last step, and nothing where that is an entry of a list', () => {
  const wording = { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } };

  expect(lastField({ ...wording, path: ['data', 'LOG_LEVEL'] })).toBe('LOG_LEVEL');
  expect(lastField({ ...wording, path: ['spec', 'ports', { entry: 'http' }] })).toBe('');
});
