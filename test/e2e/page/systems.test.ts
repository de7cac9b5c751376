import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pageOfSystem } from '../../page/shown/page-of-system.ts';
import { shownSystems } from '../../page/shown/shown-systems.ts';
import { temporaryFolder } from '../../support/git.ts';
import { findings, overflow, Reader, unfold, ways } from './reader.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await Reader.start();
});
afterAll(async () => {
  await reader.stop();
});
afterEach(() => {
  reader.complaints.length = 0;
});

describe.each(Object.entries(shownSystems))('the page of %s, after some weeks', (name, live) => {
  const file = join(temporaryFolder(), `${name}.html`);
  const address = pathToFileURL(file).href;

  beforeAll(async () => {
    writeFileSync(file, await pageOfSystem(await live()));
  });

  test.each(ways)(
    'has nothing that axe or the browser finds and is not wider than its window, %s, all unfolded',
    async (_, options) => {
      const page = await reader.open(address, options);
      await unfold(page);

      expect(await findings(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(reader.complaints).toEqual([]);
    },
  );

  test('shows the rollback and the hold of these weeks, in Course and in Pace', async () => {
    const page = await reader.open(address, { javaScriptEnabled: false });
    const course = page.locator('#course');

    expect(await course.locator('path.rollback').count()).toBeGreaterThan(0);
    expect(await course.locator('rect.held').count()).toBeGreaterThan(0);
    expect(await course.textContent()).toContain('held: until the audit is over');
    expect(await page.locator('#pace').textContent()).toMatch(/[1-9]\d? %: 1 of \d/);
  });
});
