import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { temporaryFolder } from '../../support/git.ts';
import { findings, overflow, Reader } from './reader.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');
const file = join(temporaryFolder(), 'page.html');
let reader: Reader;
let page: Page;

beforeAll(async () => {
  const ended = await new Promise<string>((end, fail) => {
    const child = spawn('npm', ['run', '--silent', 'demo', '--', '--page', file], { cwd: root });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (printed = `${printed}${text}`.slice(-2000)));
    child.once('error', fail);
    child.once('close', (code) => {
      end(code === 0 ? 'well' : printed);
    });
  });
  if (ended !== 'well') throw new Error(ended);
  reader = await Reader.start();
  // Nothing can be reached, and nothing is asked for.
  page = await reader.open(pathToFileURL(file).href, { offline: true });
});
afterAll(async () => {
  await reader.stop();
});

test('the page of the demo opens offline, and neither the browser nor axe has anything against it', async () => {
  expect(await page.title()).toBe('the-project: what runs where');
  expect(await findings(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(reader.complaints).toEqual([]);
});

test('Course shows the rollback of the night, what was held until when, and what is held still', async () => {
  const production = page.getByRole('region', { name: 'Course of production' });
  const staging = page.getByRole('region', { name: 'Course of staging' });

  expect(await production.locator('path.event.rollback').count()).toBe(1);
  expect(await production.locator('rect.held title').allTextContents()).toEqual(['held: the page is blank']);
  await production.locator('summary').click();
  const rows = await production.locator('tbody tr').allInnerTexts();
  expect(rows.map((row) => row.split('\t')[2])).toEqual(['hold ended', 'rollback', 'promotion', 'first release']);
  expect(rows[1]).toContain('v4.10.0 → v4.9.9');
  expect(rows[1]).toContain('held: the page is blank');
  expect(await staging.locator('rect.held title').allTextContents()).toEqual(['held: it flickers']);
  expect(await page.locator('#now').innerText()).toContain('it flickers (ada');
});

test('Pace counts what was taken away, says how long it took, and knows when the source was committed', async () => {
  const production = page.getByRole('region', { name: 'Pace of production' });
  const measures = await production.locator('dl.measures').innerText();

  expect(measures).toContain('50 %: 1 of 2');
  expect(measures).toMatch(/Time to restore\n(?:\d+ (?:minute|second)s? ?)+/);
  expect(measures).toMatch(/Lead time\n(?!not known)/);
  expect(await production.locator('rect.bar-failed').count()).toBe(1);
  await production.locator('summary').click();
  expect(await production.locator('tbody tr').count()).toBe(2);
});
