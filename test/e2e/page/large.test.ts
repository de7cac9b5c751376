import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { deliveryOfMany, pageOfDelivery } from '../../page/big-page.ts';
import { temporaryFolder } from '../../support/git.ts';
import { findings, overflow, Reader, ways } from './reader.ts';

const packageFolder = resolve(import.meta.dirname, '..', '..', '..');
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

/** Address of the page of so many services in each environment. */
async function pageOf(services: number): Promise<string> {
  const file = join(temporaryFolder(), 'large.html');
  writeFileSync(file, await pageOfDelivery(deliveryOfMany(services), packageFolder));
  return pathToFileURL(file).href;
}

/** A page of a hundred is painted within 200 ms on an idle machine. */
const bar = 5;

/** When a page was first painted, in milliseconds from its opening: it may be later than its load. */
const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

describe('a page of ten thousand objects', () => {
  test('is painted hardly later than a page of a hundred', async () => {
    const [few, many] = [await pageOf(12), await pageOf(1_250)];
    const painted = async (address: string): Promise<number> => {
      const page = await reader.open(address);
      const at = await page.evaluate<number>(firstPaint);
      await page.close();
      return at;
    };
    // One beside the other, because another process takes time that the page does not; as in the bench, what misses its bar is measured again.
    const ratioOfFive = async (): Promise<number> => {
      const times: (readonly [number, number])[] = [];
      for (let i = 0; i < 5; i++) times.push([await painted(few), await painted(many)]);
      const median = (of: readonly number[]): number => [...of].sort((a, b) => a - b)[2] ?? Number.NaN;
      return median(times.map(([, large]) => large)) / median(times.map(([small]) => small));
    };

    let ratio = await ratioOfFive();
    for (let again = 0; again < 2 && ratio >= bar; again++) ratio = Math.min(ratio, await ratioOfFive());
    expect(ratio).toBeLessThan(bar);
  });
});

describe('a page of two hundred services in each environment', () => {
  let address: string;
  beforeAll(async () => {
    address = await pageOf(200);
  });

  test('shows groups, and what is in one when its box is followed, with keys, without a script too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await reader.open(address, { javaScriptEnabled });
      const box = page.locator('#now > .picture a').first();
      const part = page.locator((await box.getAttribute('href')) ?? 'none');

      expect(await page.locator('#now > .picture a').count()).toBeGreaterThan(10);
      expect(await part.isVisible()).toBe(false);
      await box.focus();
      await page.keyboard.press('Enter');
      await part.waitFor({ state: 'visible' });
      expect(await part.locator('svg').isVisible()).toBe(true);
    }
    expect(reader.complaints).toEqual([]);
  });

  test('unfolds the group of a service that is looked for, and folds it again', async () => {
    const page = await reader.open(address);
    const opened = page.locator('details.part[open]');

    await page.getByLabel('Find a service').fill('service-137');
    expect(await page.locator('#found').innerText()).toBe('2 services');
    expect(await opened.count()).toBe(2);
    expect(await opened.first().locator('svg text:not(.faded)', { hasText: 'service-137' }).count()).toBe(1);
    await page.getByLabel('Find a service').fill('');
    expect(await opened.count()).toBe(0);
  });

  test.each(ways)('has nothing that axe or the browser finds with a group unfolded, %s', async (_, options) => {
    const page = await reader.open(address, options);
    await page.locator('details.part summary').first().click();

    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(reader.complaints).toEqual([]);
  });
});
