import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A pull request as the fake keeps it. */
export interface FakePullRequest {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
  readonly comments: string[];
}

/** A misbehaviour: returns true when it has answered, or broken the connection, itself. `after` runs once the request took effect. */
export type Misbehaviour = (
  request: { readonly method: string; readonly path: string },
  response: ServerResponse,
) => 'answered' | 'afterwards' | undefined;

/** The few calls of GitHub's API that pull requests need, on 127.0.0.1; refuses what GitHub would refuse. */
export class FakeGitHub {
  readonly pulls: FakePullRequest[] = [];
  readonly seen: string[] = [];
  misbehave: Misbehaviour | undefined;
  private readonly server: Server;

  private constructor(private readonly token: string) {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

  static async start(token = 'app-token'): Promise<FakeGitHub> {
    const fake = new FakeGitHub(token);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.baseUrl);
    const method = request.method ?? 'GET';
    this.seen.push(`${method} ${url.pathname}`);
    const behaviour = this.misbehave?.({ method, path: url.pathname }, response);
    if (behaviour === 'answered') return;
    const { status, value } =
      request.headers.authorization === `token ${this.token}`
        ? this.handle(
            method,
            url,
            chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, string>),
          )
        : { status: 401, value: { message: 'Bad credentials' } };
    if (behaviour === 'afterwards') {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  }

  private handle(method: string, url: URL, body: Record<string, string>): { status: number; value: unknown } {
    const [, number, comments] = /\/(?:pulls|issues)\/(\d+)(\/comments)?$/.exec(url.pathname) ?? [];
    const pull = this.pulls.find((candidate) => candidate.number === Number(number));
    if (number === undefined && url.pathname.endsWith('/pulls')) {
      if (method === 'GET') {
        return {
          status: 200,
          value: this.pulls
            .filter(
              ({ state, base }) => state === url.searchParams.get('state') && base === url.searchParams.get('base'),
            )
            .map((one) => this.view(one)),
        };
      }
      if (
        this.pulls.some(({ head, base, state }) => head === body['head'] && base === body['base'] && state === 'open')
      ) {
        return {
          status: 422,
          value: { message: 'Validation Failed', errors: [{ message: 'A pull request already exists' }] },
        };
      }
      const made: FakePullRequest = {
        number: this.pulls.length + 1,
        head: body['head'] ?? '',
        base: body['base'] ?? '',
        title: body['title'] ?? '',
        body: body['body'] ?? '',
        state: 'open',
        comments: [],
      };
      this.pulls.push(made);
      return { status: 201, value: this.view(made) };
    }
    if (pull === undefined) return { status: 404, value: { message: 'Not Found' } };
    if (comments !== undefined) {
      if (method === 'POST') pull.comments.push(body['body'] ?? '');
      return {
        status: method === 'POST' ? 201 : 200,
        value:
          method === 'POST' ? { id: 1, body: body['body'] } : pull.comments.map((text, id) => ({ id, body: text })),
      };
    }
    if (method === 'PATCH') Object.assign(pull, body);
    return { status: 200, value: this.view(pull) };
  }

  private view({ number, head, base, title, body, state }: FakePullRequest): unknown {
    return {
      number,
      title,
      body,
      state,
      html_url: `https://github.example/pull/${String(number)}`,
      created_at: '2026-01-01T00:00:00Z',
      head: { ref: head, sha: 'a'.repeat(40) },
      base: { ref: base },
    };
  }
}
