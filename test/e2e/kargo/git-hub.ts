import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerWithGit } from '../../support/git-backend.ts';
import { gitIn } from '../../support/git.ts';
import { App } from './app.ts';

const repository = 'craftista-ops';

/** A pull request as Kargo opened it. */
export interface Pull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly title: string;
  /** Login of who opened it. */
  readonly by: string;
  merged?: string;
}

/**
 * A GitHub-shaped server on 127.0.0.1: repositories over Git, and of the API the app's tokens, and the pull requests that it opens and waits for, with such a
 * token alone.
 */
export class GitHubOfKargo {
  readonly app = new App();
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

  /** Merges a pull request as its page does where nothing but a rebase is allowed: each commit is made anew on the branch. */
  merge(number: number): string {
    const pull = this.pulls.find((it) => it.number === number);
    if (pull === undefined) throw new Error(`there is no pull request ${number}`);
    const bare = `${this.folder}/acme/${repository}.git`;
    const base = gitIn(bare, 'rev-parse', `refs/heads/${pull.base}`).trim();
    if (gitIn(bare, 'merge-base', base, `refs/heads/${pull.head}`).trim() !== base)
      throw new Error(`${pull.base} moved on since ${pull.head} was made`);
    const proposed = gitIn(bare, 'rev-list', '--reverse', `${base}..refs/heads/${pull.head}`).trim().split('\n');
    let tip = base;
    for (const commit of proposed) {
      const said = (what: string): string => gitIn(bare, 'show', '--no-patch', `--format=${what}`, commit).trim();
      tip = gitIn(
        bare,
        ...['-c', `author.name=${said('%an')}`, '-c', `author.email=${said('%ae')}`],
        ...['-c', 'committer.name=GitHub', '-c', 'committer.email=noreply@github.example'],
        ...['commit-tree', `${commit}^{tree}`, '-p', tip, '-m', said('%B')],
      ).trim();
    }
    pull.merged = tip;
    gitIn(bare, 'update-ref', `refs/heads/${pull.base}`, tip, base);
    return tip;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://unused');
    const isOfApp = this.app.opens(request, repository);
    if (!pathname.startsWith('/api/')) {
      // Whoever pushes is asked for no password: the program that answers Git's question lies in Kargo's image alone.
      await answerWithGit(this.folder, request, response);
      response.end();
      return;
    }
    const say = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const [, installation] = /^\/api\/v3\/app\/installations\/(\d+)\/access_tokens$/.exec(pathname) ?? [];
    if (installation !== undefined) {
      const asked = JSON.parse((await bodyOf(request)) || '{}') as { readonly repositories?: readonly string[] };
      const minted = this.app.mint(request, installation, asked.repositories ?? []);
      if (minted === undefined) say(401, { message: 'A JSON web token could not be decoded' });
      else say(201, { token: minted.token, expires_at: new Date(Date.now() + 3_600_000).toISOString() });
      return;
    }
    const inRepository = `/api/v3/repos/acme/${repository}`;
    const pulls = `${inRepository}/pulls`;
    if (!isOfApp) say(401, { message: 'Bad credentials' });
    else if (pathname === inRepository) say(200, { id: 7, full_name: `acme/${repository}` });
    else if (pathname === pulls && request.method === 'POST') {
      const asked = JSON.parse(await bodyOf(request)) as Pick<Pull, 'head' | 'base' | 'title'>;
      const { head, base, title } = asked;
      const pull: Pull = { number: this.pulls.length + 1, head, base, title, by: this.app.login };
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
    const bare = `${this.folder}/acme/${repository}.git`;
    return {
      number,
      html_url: `http://${this.host}/acme/${repository}/pull/${number}`,
      url: `http://${this.host}/api/v3/repos/acme/${repository}/pulls/${number}`,
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
