import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkNames } from '../../../src/review/check-environment.ts';
import { rules } from '../../../src/model/validation/rules.ts';
import { catService } from './known-defects/cat-service.ts';
import { craftista } from './known-defects/craftista.ts';
import { goSampleApp } from './known-defects/go-sample-app.ts';
import { podinfo } from './known-defects/podinfo.ts';
import { todoSystem } from './known-defects/todo-system.ts';

const text = readFileSync('docs/checks.md', 'utf8');
const [entries = '', tables = ''] = text.split('\n## What five real systems');

/** Names in backquotes after `word`, in every row. */
const namesAfter = (word: string): readonly string[] =>
  [...tables.matchAll(new RegExp(`\\b${word}s? ((?:\`[a-z-]+\`(?:, )?)+)`, 'g'))].flatMap(([, list = '']) =>
    [...list.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
  );

test('docs/checks.md has one entry for each check, in their order, each with an example', () => {
  const headings = [...entries.matchAll(/^### (.+)\n\n.+\n\n> .+$/gm)].map(([, name]) => name);

  expect(headings).toEqual(checkNames);
});

test('its tables hold every defect that the tests state, with the checks that name it', () => {
  const rows = tables.split('\n').filter((line) => line.startsWith('|'));

  const missing = [...todoSystem, ...catService, ...goSampleApp, ...podinfo, ...craftista].filter(
    ({ defect, found }) => {
      const row = rows.find((line) => line.includes(`| ${defect} |`));
      return row === undefined || !found.every(([check]) => row.includes(`\`${check}\``));
    },
  );

  expect(missing.map(({ defect }) => defect)).toEqual([]);
});

test('its tables name no check and no rule that does not exist', () => {
  const kebab = Object.keys(rules).map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));

  expect(namesAfter('check').filter((name) => !checkNames.includes(name))).toEqual([]);
  expect(namesAfter('rule').filter((name) => !kebab.includes(name))).toEqual([]);
  expect(namesAfter('check').length).toBeGreaterThan(40);
  expect(namesAfter('rule').length).toBeGreaterThan(25);
});
