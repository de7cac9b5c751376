import { expect, test } from '@jest/globals';
import { typeWords } from '../../scripts/type-words.ts';

const sections = new Set(['Service', 'Probe']);

test.each([
  ['string', 'text'],
  ['readonly string[]', 'a list of text'],
  ['readonly Service[]', 'a list of [Service](#service)'],
  ['Readonly<Record<string, Probe>>', '[Probe](#probe), by name'],
  ["'user' | 'team'", "`'user'` or `'team'`"],
  ['readonly (string | Probe)[]', 'a list of text or [Probe](#probe)'],
  ["'healthy' | { readonly job: string | number }", "`'healthy'` or an object of the rows below"],
  ['{ readonly cpu: string; readonly memory: string }', 'an object of the rows below'],
  ['KubernetesLine', '`KubernetesLine`'],
])('a type %s is %s', (type, words) => {
  expect(typeWords(type, sections)).toBe(words);
});
