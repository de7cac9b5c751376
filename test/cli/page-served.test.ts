import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { request, type IncomingMessage } from 'node:http';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(300_000);

describe('a page that is shown to browsers of this machine', () => {
  let copy: ProjectCopy;
  const running: ChildProcessWithoutNullStreams[] = [];

  beforeAll(async () => {
    copy = new ProjectCopy();
    expect(await copy.run(['start'])).toMatchObject({ code: 0 });
  });
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
  });

  /** Starts it, and returns its address as soon as it says so. */
  async function serve(...args: readonly string[]): Promise<{ child: ChildProcessWithoutNullStreams; address: URL }> {
    const child = spawn(process.execPath, [copy.launcher, 'page', '--serve', '--no-cluster', ...args], {
      cwd: copy.folder,
    });
    running.push(child);
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.stderr.resume();
      child.once('close', () => {
        reject(new Error(`it ended before it served: ${said}`));
      });
    });
    return { child, address: new URL(address) };
  }

  function asked(address: URL, { path = '/', method = 'GET', host = address.host } = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request({ hostname: address.hostname, port: address.port, path, method, headers: { host } }, resolve)
        .on('error', reject)
        .end();
    });
  }

  async function text(message: IncomingMessage): Promise<string> {
    let all = '';
    for await (const part of message.setEncoding('utf8')) all += String(part);
    return all;
  }

  test('is made anew when a branch moves, tells who has it open, and ends with Ctrl-C', async () => {
    const { child, address } = await serve();
    const before = copy.refs();
    const first = await text(await asked(address));
    const changes = await asked(address, { path: '/changes' });
    const told = new Promise((resolve) => changes.once('data', resolve));

    expect(first).toContain('connect-src');
    expect(first).not.toContain('held for the night');
    expect(copy.refs()).toBe(before);
    expect(await copy.run(['hold', 'staging', '--reason', 'held for the night', '--by-hand'])).toMatchObject({
      code: 0,
    });
    expect(String(await told)).toBe('data: changed\n\n');
    expect(await text(await asked(address))).toContain('held for the night');

    child.kill('SIGINT');
    const ended = await new Promise((resolve) =>
      child.once('close', (code, signal) => {
        resolve([code, signal]);
      }),
    );
    expect(ended).toEqual([0, null]);
    await expect(asked(address)).rejects.toThrow('ECONNREFUSED');
  });

  test('takes nothing, shows nothing else, and answers to no other name', async () => {
    const { address } = await serve();
    const answers = await Promise.all([
      asked(address, { method: 'POST' }),
      asked(address, { path: '/../project.ts' }),
      asked(address, { host: `rebound.example:${address.port}` }),
      asked(address, { host: `localhost:${address.port}` }),
      asked(address, { method: 'HEAD' }),
    ]);
    const texts = await Promise.all(answers.map(text));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([405, 404, 421, 200, 200]);
    expect(texts.slice(0, 3).join('')).not.toContain('<html');
    expect(texts[4]).toBe('');
    expect(answers.map(({ headers }) => headers['content-security-policy'])).toEqual(
      Array.from({ length: 5 }, () => "frame-ancestors 'none'"),
    );
  });

  test('refuses what goes with a file, a port that is none, and one that is taken', async () => {
    const { address } = await serve();
    for (const [args, said] of [
      [['--serve', '--output', 'x.html'], '--serve writes no file; leave out --output'],
      [['--serve', '--at', '2026-01-31T12:00:00Z'], '--serve shows what is now; leave out --at'],
      [['--port', '4350'], '--port says where --serve shows the page; pass --serve too'],
      [['--serve', '--port', '4,5'], '--port: must be a number from 1 to 65535, got "4,5"'],
      [
        ['--serve', '--port', address.port],
        `--port: ${address.port} is taken; name another, or none to get a free one`,
      ],
    ] as const)
      expect(await copy.run(['page', '--no-cluster', ...args])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(said),
      });
  });
});
