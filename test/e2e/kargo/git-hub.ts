import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerWithGit } from '../../support/git-backend.ts';
import { gitIn } from '../../support/git.ts';

/** A pull request as Kargo opened it. */
export interface Pull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly title: string;
  merged?: string;
}

/** A GitHub-shaped server on 127.0.0.1: repositories over Git, and of the API the pull requests that Kargo opens and waits for. */
export class GitHubOfKargo {
  readonly pulls: Pull[] = [];
  private readonly server = createServer((request, response) => {
    void this.answer(request, response);
  });

  private constructor(private readonly folder: string) {}

  static async start(folder: string): Promise<GitHubOfKargo> {
    const hub = new GitHubOfKargo(folder);
    hub.server.listen(0, '127.0.0.1');
    await once(hub.server, 'listening');
    return hub;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Merges a pull request as its page does: with a commit of two parents. */
  merge(number: number): string {
    const pull = this.pulls.find((it) => it.number === number);
    if (pull === undefined) throw new Error(`there is no pull request ${number}`);
    const bare = `${this.folder}/acme/craftista-ops.git`;
    const [base, head] = [pull.base, pull.head].map((branch) =>
      gitIn(bare, 'rev-parse', `refs/heads/${branch}`).trim(),
    );
    const tree = gitIn(bare, 'rev-parse', `${head ?? ''}^{tree}`).trim();
    const author = ['-c', 'user.name=Maintainer', '-c', 'user.email=maintainer@acme.example'];
    pull.merged = gitIn(
      bare,
      ...author,
      'commit-tree',
      tree,
      '-p',
      base ?? '',
      '-p',
      head ?? '',
      '-m',
      `Merge pull request #${number}`,
    ).trim();
    gitIn(bare, 'update-ref', `refs/heads/${pull.base}`, pull.merged, base ?? '');
    return pull.merged;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://unused');
    const pulls = '/api/v3/repos/acme/craftista-ops/pulls';
    if (!pathname.startsWith('/api/')) {
      await answerWithGit(this.folder, request, response);
      response.end();
      return;
    }
    const say = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (pathname === pulls && request.method === 'POST') {
      const asked = JSON.parse(await bodyOf(request)) as Pick<Pull, 'head' | 'base' | 'title'>;
      const pull: Pull = { number: this.pulls.length + 1, head: asked.head, base: asked.base, title: asked.title };
      this.pulls.push(pull);
      say(201, this.shown(pull));
    } else if (pathname === pulls) {
      const head = searchParams.get('head')?.replace(/^.*?:/, '');
      say(
        200,
        this.pulls.filter((it) => head === undefined || it.head === head).map((it) => this.shown(it)),
      );
    } else {
      const pull = this.pulls.find((it) => pathname === `${pulls}/${it.number}`);
      if (pull === undefined) say(404, { message: 'Not Found' });
      else say(200, this.shown(pull));
    }
  }

  private shown({ number, head, base, merged }: Pull): unknown {
    const bare = `${this.folder}/acme/craftista-ops.git`;
    return {
      number,
      html_url: `http://${this.host}/acme/craftista-ops/pull/${number}`,
      url: `http://${this.host}/api/v3/repos/acme/craftista-ops/pulls/${number}`,
      state: merged === undefined ? 'open' : 'closed',
      merged: merged !== undefined,
      merged_at: merged === undefined ? null : '2026-01-31T13:00:00Z',
      merge_commit_sha: merged ?? null,
      head: { ref: head, sha: gitIn(bare, 'rev-parse', `refs/heads/${head}`).trim() },
      base: { ref: base },
      created_at: '2026-01-31T12:00:00Z',
    };
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
