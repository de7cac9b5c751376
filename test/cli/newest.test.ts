import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { gitIn, temporaryFolder } from '../support/git.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(300_000);

const digest = (of: string): string => `sha256:${createHash('sha256').update(of).digest('hex')}`;

/** A registry with images that kpack built, by tag and the commit that they say, ten to a page. */
class KpackRegistry {
  readonly images = new Map<string, string>();
  readonly #server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry');
    const path = pathname.replace('/v2/acme/cat-service/', '');
    const answer = this.#answer(path, searchParams.get('last') ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else
      response.writeHead(200, answer.headers).end(request.method === 'HEAD' ? undefined : JSON.stringify(answer.body));
  });

  get host(): string {
    return `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(
    path: string,
    last: string,
  ): { readonly body: unknown; readonly headers: Record<string, string> } | undefined {
    if (path === 'tags/list') {
      const rest = ['latest', ...this.images.keys()].sort().filter((tag) => tag > last);
      const tags = rest.slice(0, 10);
      const link = `</v2/acme/cat-service/tags/list?last=${tags.at(-1) ?? ''}>; rel="next"`;
      return { body: { tags }, headers: rest.length > 10 ? { link } : {} };
    }
    const commit = this.images.get(path.replace('manifests/', ''));
    if (commit !== undefined)
      return {
        body: { schemaVersion: 2, config: { digest: `sha256:${commit.padEnd(64, '0')}` } },
        headers: { 'docker-content-digest': digest('e') },
      };
    const [, said] = /^blobs\/sha256:([0-9a-f]{40})/.exec(path) ?? [];
    const project = JSON.stringify({ source: { type: 'git', version: { commit: said } } });
    return said === undefined
      ? undefined
      : { body: { config: { Labels: { 'io.buildpacks.project.metadata': project } } }, headers: {} };
  }
}

describe('portolan promote --newest', () => {
  const registry = new KpackRegistry();
  const source = temporaryFolder();
  let copy: ProjectCopy;
  let tested: string;

  /** The launcher of this repository, as the example's own dependency is. */
  const portolan = (args: readonly string[]): Promise<Answer> =>
    copy.runShell(`node ${resolve('bin/portolan.mjs')} ${args.join(' ')}`);

  beforeAll(async () => {
    await registry.start();
    gitIn(source, 'init', '--quiet', '--initial-branch', 'main');
    gitIn(source, 'commit', '--quiet', '--allow-empty', '--message', 'Cats');
    tested = gitIn(source, 'rev-parse', 'HEAD').trim();
    gitIn(source, 'checkout', '--quiet', '-b', 'mine');
    gitIn(source, 'commit', '--quiet', '--allow-empty', '--message', 'Nobody merged it');
    copy = new ProjectCopy('cat-service');
    const file = join(copy.folder, 'project.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('gcr.io/pgtm-jlong', `${registry.host}/acme`));
    copy.commit('A registry of this machine');
    expect(await portolan(['start'])).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await registry.stop();
  });

  test('takes the highest build of several pages to dev, by its digest and with its commit', async () => {
    for (let build = 1; build <= 30; build += 1) registry.images.set(`b${build}.20261101.${120000 + build}`, tested);

    const { code, stdout, stderr } = await portolan(['promote', 'dev', '--newest', '--source', source, '--by-hand']);

    expect([code, stderr]).toEqual([0, expect.stringContaining('promote to dev')]);
    expect(stdout).toBe('To go back: npx portolan rollback dev\n');
    const record = gitIn(copy.ops, 'show', 'env/dev:release.yaml');
    expect(record).toContain('b30.20261101.120030');
    expect(record).toContain(digest('e'));
    expect(record).toContain(tested);
  });

  test('fails for the image of a commit that nobody merged, and leaves dev as it is', async () => {
    const before = gitIn(copy.ops, 'rev-parse', 'env/dev');
    registry.images.set('b31.20261102.120000', gitIn(source, 'rev-parse', 'mine').trim());

    const { code, stderr } = await portolan(['promote', 'dev', '--newest', '--source', source, '--by-hand']);

    expect(code).toBe(1);
    expect(stderr).toContain('which is not on main of cat-service: nothing says that it was tested');
    expect(gitIn(copy.ops, 'rev-parse', 'env/dev')).toBe(before);
  });

  test('fails beside --image, and without asking a registry', async () => {
    const { code, stderr } = await portolan(['promote', 'dev', '--newest', '--image', 'cat-service=a/b:c']);

    expect(code).not.toBe(0);
    expect(stderr).toContain('say where the release comes from, one of: --image SERVICE=REF of a build, --newest');
    expect(
      (await portolan(['promote', 'dev', '--newest', '--no-resolve', '--source', source, '--by-hand'])).stderr,
    ).toContain('the newest is in a registry, and nobody is to ask one');
  });
});
