import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { deliveryOfMany, pageOfDelivery } from '../../page/big-page.ts';
import { ProjectCopy } from '../../support/project-copy.ts';

/** Chromium as Debian installs it. */
const executablePath = '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const commit = (digit: number): string => String(digit).repeat(40);
const images = (digit: number): readonly string[] =>
  ['todo-app', 'todo-backend', 'broadcaster'].flatMap((name) => [
    '--image',
    `${name}=arkb2023/${name}:${commit(digit)}`,
  ]);

let address = '';
let browser: Browser;
let copy: ProjectCopy;

async function hold(): Promise<void> {
  const { code, stderr } = await copy.run(['hold', 'staging', '--reason', 'until the <i>morning</i>', '--by-hand']);
  if (code !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  if (!existsSync(executablePath)) throw new Error(`there is no ${executablePath}: apt-get install chromium`);
  copy = new ProjectCopy();
  const run = async (...call: readonly string[]): Promise<void> => {
    const { code, stderr } = await copy.run([...call]);
    if (code !== 0) throw new Error(`${call.join(' ')}: ${stderr}`);
  };
  await run('start');
  for (const digit of [1, 2])
    await run(
      'promote',
      'staging',
      ...images(digit),
      '--source-commit',
      commit(digit),
      '--no-resolve',
      '--allow-older',
      '--by-hand',
    );
  await run('rollback', 'staging', '--reason', 'it "broke" <b>badly</b>', '--by-hand');
  await run('hold', 'production', '--reason', 'night', '--by-hand');
  const program = join(copy.folder, 'project.ts');
  writeFileSync(program, readFileSync(program, 'utf8').replaceAll("LOG_LEVEL: 'INFO'", `LOG_LEVEL: '<b>bold</b>'`));
  copy.commit('More is said');
  await run(
    'page',
    '--no-cluster',
    '--program',
    'HEAD~1..HEAD',
    '--at',
    '2036-01-31T12:00:00Z',
    '--output',
    'shown/page.html',
  );
  address = pathToFileURL(join(copy.folder, 'shown/page.html')).href;
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}, 300_000);

afterAll(async () => {
  await browser.close();
});

const complaints: string[] = [];
afterEach(() => {
  complaints.length = 0;
});

/** Opens the page; whatever it asks for, and whatever the browser has against it, is noted. */
async function open(options: BrowserContextOptions = {}, at = address): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'Asia/Tokyo', locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== at && request.url() !== `${at}changes`) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(at);
  return page;
}

/** What axe finds, as lines: rule, and where. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{
    violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  }>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 150)}`));
}

const width = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');

describe('a page that is served', () => {
  test('says so, loads itself anew when a branch moves, and says when nobody serves it any more', async () => {
    const child = spawn(process.execPath, [copy.launcher, 'page', '--serve', '--no-cluster'], { cwd: copy.folder });
    try {
      const served = await new Promise<string>((resolve, reject) => {
        child.once('close', () => {
          reject(new Error('it ended before it served'));
        });
        child.stderr.resume();
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          const [found] = /http:\S+/.exec(text) ?? [];
          if (found !== undefined) resolve(found);
        });
      });
      const page = await open({}, served);
      const status = page.locator('#served');
      await status.getByText('Loads itself anew when a branch moves.').waitFor();
      expect(await findings(page)).toEqual([]);
      await hold();
      await page.getByText('until the <i>morning</i>').first().waitFor();
      child.kill('SIGINT');
      await status.getByText('Who served this has stopped').waitFor();

      expect(
        complaints.filter(
          (said) => !said.includes('ERR_CONNECTION_REFUSED') && !said.includes('ERR_INCOMPLETE_CHUNKED'),
        ),
      ).toEqual([]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('a page of ten thousand objects', () => {
  test('is painted within a second of being opened', async () => {
    const file = join(copy.folder, 'big.html');
    writeFileSync(file, await pageOfDelivery(deliveryOfMany(800), copy.folder));
    const painted: number[] = [];
    for (let i = 0; i < 5; i++) {
      const page = await open({}, pathToFileURL(file).href);
      painted.push(await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
      await page.close();
    }

    // The median: a browser that starts, or another process, takes time that the page does not.
    expect(painted.sort((a, b) => a - b)[2]).toBeLessThan(1_000);
  });
});

describe('the page in a browser', () => {
  test('asks for nothing, and the browser has nothing against its policy', async () => {
    const page = await open();

    expect(await page.title()).toBe('the-project: what runs where');
    expect(complaints).toEqual([]);
  });

  test.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 360, height: 640 } }],
  ] as const)('has nothing that axe finds, %s, with everything unfolded', async (_, options) => {
    const page = await open(options);
    await page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true");

    expect(await findings(page)).toEqual([]);
    expect(await width(page)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  });

  test('is dark where the reader is', async () => {
    const ground = (page: Page): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');

    expect(await ground(await open())).not.toBe(await ground(await open({ colorScheme: 'dark' })));
  });

  test('is whole without a script: what came, what was taken away, what is held', async () => {
    const page = await open({ javaScriptEnabled: false });
    const text = await page.locator('body').innerText();

    for (const said of ['staging', 'production', 'rollback', 'night', 'Change failure rate', '2036-01-31 12:00 UTC'])
      expect(text).toContain(said);
    expect(await page.locator('.tools').first().isVisible()).toBe(false);
    await page.locator('details:has(summary:text-is("4 changes")) summary').click();
    expect(await page.locator('td', { hasText: 'back to' }).first().isVisible()).toBe(true);
  });

  test('shows what a person wrote as text', async () => {
    const page = await open();

    expect(await page.locator('main b').count()).toBe(0);
    expect(await page.locator('main').innerText()).toContain('it "broke" <b>badly</b>');
  });

  test('shows what a change would do, folded: the fields in words, both sides, and the service in the picture', async () => {
    const page = await open();
    const object = page.locator('details.object', { hasText: 'Deployment/staging-broadcaster-dep' }).first();

    expect(await object.locator('.sides').isVisible()).toBe(false);
    await object.locator('summary').first().click();
    expect(await object.locator('li').first().innerText()).toContain('env LOG_LEVEL INFO → <b>bold</b>');
    expect(await object.locator('ins').innerText()).toContain('value: <b>bold</b>');
    expect(await object.locator('.sides details').first().getAttribute('open')).toBeNull();
    await page.locator('summary', { hasText: 'The picture, with what changes marked' }).click();
    const widthOf = (of: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector('${of}')).strokeWidth`);
    expect(await widthOf('#review .marked')).toBe('4px');
    expect(await widthOf('#now .service')).not.toBe('4px');
  });

  test('says times in the reader’s zone, with UTC beside', async () => {
    const page = await open();

    expect(await page.locator('header time').innerText()).toBe('31 Jan 2036, 21:00 (2036-01-31 12:00 UTC)');
  });

  test('is walked with the keyboard: to the content, through the parts, and the picture scrolls', async () => {
    const page = await open({ viewport: { width: 360, height: 640 } });
    const active = (): Promise<string> =>
      page.evaluate(
        '(document.activeElement?.textContent ?? "").trim() || document.activeElement?.id || document.activeElement?.className',
      );
    const walk = async (steps: number): Promise<readonly string[]> => {
      const walked: string[] = [];
      for (let i = 0; i < steps; i++) {
        await page.keyboard.press('Tab');
        walked.push(await active());
      }
      return walked;
    };

    expect(await walk(5)).toEqual(['To the content', 'Review', 'Now', 'Course', 'Pace']);
    expect(await walk(1)).toEqual(['The picture, with what changes marked']);
    await page.locator('nav a', { hasText: 'Now' }).press('Enter');
    expect(await walk(4)).toEqual(['search', 'Larger', 'Smaller', 'Whole picture']);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Topology');
  });

  test('finds a service, makes the picture larger, and whole again', async () => {
    const page = await open();
    const drawn = async (): Promise<number> => (await page.locator('#now .picture svg').boundingBox())?.width ?? 0;
    const whole = await drawn();

    await page.getByRole('button', { name: 'Larger' }).click();
    expect(await drawn()).toBeGreaterThan(whole);
    await page.getByRole('button', { name: 'Whole picture' }).click();
    expect(Math.abs((await drawn()) - whole)).toBeLessThan(8);
    await page.getByLabel('Find a service').fill('nats');
    expect(await page.locator('#found').innerText()).toBe('2 services');
    expect(await page.locator('details[data-service=nats]').first().getAttribute('open')).not.toBeNull();
    expect(complaints).toEqual([]);
  });

  test('is printed with everything that is not folded, and without its tools', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });

    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('#pace').isVisible()).toBe(true);
  });
});
