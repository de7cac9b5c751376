import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromiumOfDebian } from '../../page/shown/chromium-of-debian.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How people look at a page: each way is tested with everything unfolded. */
export const ways = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 360, height: 640 } }],
] as const satisfies readonly (readonly [string, BrowserContextOptions])[];

/** Somebody in Tokyo who reads pages, and notes whatever the browser has against them. */
export class Reader {
  /** What the browser said, and whatever a page asked for besides itself. */
  readonly complaints: string[] = [];

  private constructor(private readonly browser: Browser) {}

  static async start(): Promise<Reader> {
    return new Reader(await chromiumOfDebian());
  }

  async open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ timezoneId: 'Asia/Tokyo', locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.on('console', (message) => this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== address && request.url() !== `${address}changes`)
        this.complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(address);
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}

/** Opens whatever is folded. */
export const unfold = (page: Page): Promise<unknown> =>
  page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true");

/** What axe finds, as lines: rule, and where. */
export async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{
    violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  }>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 150)}`));
}

/** By how many pixels a page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
