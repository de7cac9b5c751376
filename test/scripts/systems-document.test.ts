import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { systemsDocument } from '../../scripts/systems-document.ts';
import { sideBySide } from '../systems/side-by-side.ts';
import '../support/patience.ts';

test('docs/systems.md is what the five systems say: "npm run systems" writes it', () => {
  expect(systemsDocument(sideBySide()).split('\n')).toEqual(readFileSync('docs/systems.md', 'utf8').split('\n'));
});
