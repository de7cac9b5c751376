/**
 * `npm run pictures`: draws the page of each system that is looked at anew, as Chromium shows it, light and dark, for docs/page.md. Look at what
 * changed before you commit it: fonts are those of the machine.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromiumOfDebian } from '../test/page/shown/chromium-of-debian.ts';
import { pageOfSystem } from '../test/page/shown/page-of-system.ts';
import { pictureOf, schemes } from '../test/page/shown/pictures.ts';
import { shownSystems } from '../test/page/shown/shown-systems.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** What of a page is in its picture: its upper part, where it is longer. */
const shown = { x: 0, y: 0, width: 1200, height: 2600 } as const;

const stage = mkdtempSync(join(tmpdir(), 'portolan-pictures-'));
const browser = await chromiumOfDebian();
try {
  for (const [name, live] of Object.entries(shownSystems)) {
    const file = join(stage, `${name}.html`);
    writeFileSync(file, await pageOfSystem(await live()));
    for (const colorScheme of schemes) {
      const context = await browser.newContext({ colorScheme, timezoneId: 'UTC', locale: 'en-GB', viewport: shown });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      const session = await context.newCDPSession(page);
      const { data } = await session.send('Page.captureScreenshot', {
        format: 'webp',
        quality: 60,
        captureBeyondViewport: true,
        clip: { ...shown, scale: 0.75 },
      });
      writeFileSync(join(root, pictureOf(name, colorScheme)), Buffer.from(data, 'base64'));
      await context.close();
    }
    process.stdout.write(`Drew the page of ${name}.\n`);
  }
} finally {
  await browser.close();
  rmSync(stage, { recursive: true, force: true });
}
