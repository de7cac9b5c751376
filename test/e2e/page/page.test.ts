import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { ProjectCopy } from '../../support/project-copy.ts';
import { findings, overflow, Reader, unfold, ways } from './reader.ts';

const commit = (digit: number): string => String(digit).repeat(40);
const images = (digit: number): readonly string[] =>
  ['todo-app', 'todo-backend', 'broadcaster'].flatMap((name) => [
    '--image',
    `${name}=arkb2023/${name}:${commit(digit)}`,
  ]);

let address = '';
let reader: Reader;
let copy: ProjectCopy;

async function hold(): Promise<void> {
  const { code, stderr } = await copy.run(['hold', 'staging', '--reason', 'until the <i>morning</i>', '--by-hand']);
  if (code !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  reader = await Reader.start();
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
});

afterAll(async () => {
  await reader.stop();
});

afterEach(() => {
  reader.complaints.length = 0;
});

const open = (options: BrowserContextOptions = {}, at = address): Promise<Page> => reader.open(at, options);

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
      // It would ask again and again.
      await page.close();

      expect(
        reader.complaints.filter(
          (said) => !said.includes('ERR_CONNECTION_REFUSED') && !said.includes('ERR_INCOMPLETE_CHUNKED'),
        ),
      ).toEqual([]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('the page in a browser', () => {
  test('asks for nothing, and the browser has nothing against its policy', async () => {
    const page = await open();

    expect(await page.title()).toBe('the-project: what runs where');
    expect(reader.complaints).toEqual([]);
  });

  test.each(ways)('has nothing that axe finds, %s, with everything unfolded', async (_, options) => {
    const page = await open(options);
    await unfold(page);

    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
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
    expect(reader.complaints).toEqual([]);
  });

  test('is printed with everything that is not folded, and without its tools', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });

    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('#pace').isVisible()).toBe(true);
  });
});
