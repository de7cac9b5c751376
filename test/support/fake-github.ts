import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PlayedStatuses } from './played-statuses.ts';

/** A pull request as the fake keeps it. */
export interface FakePullRequest {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  /** Owner of the fork that its branch lies in. @default - it lies in the repository itself */
  readonly fork?: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
  /** Whether it was closed by a merge. @default false */
  merged?: boolean;
  readonly comments: string[];
}

/** A misbehaviour: returns true when it has answered, or broken the connection, itself. `after` runs once the request took effect. */
export type Misbehaviour = (
  request: { readonly method: string; readonly path: string },
  response: ServerResponse,
) => 'answered' | 'afterwards' | undefined;

/** One answer that is given in place of the right one. */
export interface Fault {
  readonly method: string;
  /** Part of the path. */
  readonly path: string;
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How often; then the server behaves. @default - for ever */
  readonly times?: number;
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

const notFound: Answer = { status: 404, value: { message: 'Not Found' } };

/**
 * The few calls of GitHub's API that this program makes, on 127.0.0.1. It answers by method, path, query and body: a repository that is
 * not there is not there, filters filter, lists come in pages of the size asked for, and it refuses what GitHub would refuse.
 */
export class FakeGitHub {
  readonly pulls: FakePullRequest[] = [];
  readonly statuses = new PlayedStatuses();
  /** Types of the events that were sent, in their order. */
  readonly events: string[] = [];
  readonly seen: string[] = [];
  /** Whose token it is; that of an installation is nobody's. */
  login: string | undefined;
  /** Numbers of the apps that are installed in the organisation, in the order in which they are listed. */
  readonly installed: number[] = [];
  readonly teams = new Map<string, number>();
  readonly users = new Map<string, number>();
  misbehave: Misbehaviour | undefined;
  #faults: { readonly fault: Fault; left: number }[] = [];
  private readonly server: Server;

  private constructor(
    private readonly token: string,
    private readonly owner: string,
    private readonly repository: string,
  ) {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

  static async start(token = 'app-token', owner = 'acme', repository = 'shop-ops'): Promise<FakeGitHub> {
    const fake = new FakeGitHub(token, owner, repository);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Misbehaves from now on. */
  fail(...faults: readonly Fault[]): void {
    this.#faults = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
  }

  /** Opens a pull request as somebody else does, e.g. from a fork. */
  openedElsewhere(head: string, base: string, fork?: string): FakePullRequest {
    const made: FakePullRequest = {
      number: this.pulls.length + 1,
      head,
      base,
      ...(fork === undefined ? {} : { fork }),
      title: 'Not ours',
      body: '',
      state: 'open',
      comments: [],
    };
    this.pulls.push(made);
    return made;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.baseUrl);
    // A GitHub Enterprise server has its API below this path.
    const path = url.pathname.replace(/^\/api\/v3/, '');
    const method = request.method ?? 'GET';
    this.seen.push(`${method} ${path}`);
    const behaviour = this.misbehave?.({ method, path }, response);
    if (behaviour === 'answered') return;
    const planned = this.#faults.find(
      ({ fault, left }) => left > 0 && fault.method === method && path.includes(fault.path),
    );
    if (planned !== undefined) {
      planned.left -= 1;
      const { status, message, headers } = planned.fault;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ message }));
      return;
    }
    const { status, value } =
      /^(token|bearer) (?<given>.*)$/i.exec(request.headers.authorization ?? '')?.groups?.['given'] === this.token
        ? this.handle(
            method,
            path,
            url.searchParams,
            chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, string>),
          )
        : { status: 401, value: { message: 'Bad credentials' } };
    if (behaviour === 'afterwards') {
      request.socket.destroy();
      return;
    }
    const { shown, headers } = this.page(value, url);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(shown));
  }

  /** Cuts a list, or the list in an answer with a total, to the page that was asked for, and links to the next one. */
  private page(value: unknown, url: URL): { readonly shown: unknown; readonly headers: Record<string, string> } {
    const inside =
      typeof value === 'object' && value !== null && 'installations' in value ? value.installations : value;
    if (!Array.isArray(inside)) return { shown: value, headers: {} };
    const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
    const page = Number(url.searchParams.get('page') ?? 1);
    const part: unknown[] = inside.slice((page - 1) * size, page * size);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    return {
      shown: inside === value ? part : { ...(value as object), installations: part },
      headers: page * size < inside.length ? { link: `<${next.href}>; rel="next"` } : {},
    };
  }

  private handle(method: string, path: string, query: URLSearchParams, body: Record<string, string>): Answer {
    const inRepository = `/repos/${this.owner}/${this.repository}`;
    if (path === inRepository && method === 'GET') return { status: 200, value: { id: 1 } };
    if (path.startsWith(`${inRepository}/`)) {
      const rest = path.slice(inRepository.length);
      if (method === 'POST' && rest === '/dispatches') {
        this.events.push(body['event_type'] ?? '');
        return { status: 204, value: undefined };
      }
      const said = this.statuses.answer(method, rest, body, this.login ?? '');
      return said ?? this.pullRequests(method, rest, query, body);
    }
    if (method !== 'GET') return notFound;
    if (path === `/orgs/${this.owner}`) return { status: 200, value: { login: this.owner } };
    if (path === '/user')
      return this.login === undefined
        ? { status: 403, value: { message: 'Resource not accessible by integration' } }
        : { status: 200, value: { login: this.login } };
    const [, user] = /^\/users\/([^/]+)$/.exec(path) ?? [];
    const [, team] = new RegExp(`^/orgs/${this.owner}/teams/([^/]+)$`).exec(path) ?? [];
    const id = user === undefined ? this.teams.get(team ?? '') : this.users.get(user);
    if (id !== undefined) return { status: 200, value: { id } };
    return path === `/orgs/${this.owner}/installations`
      ? {
          status: 200,
          value: {
            total_count: this.installed.length,
            installations: this.installed.map((app_id) => ({ app_id })),
          },
        }
      : notFound;
  }

  private pullRequests(method: string, path: string, query: URLSearchParams, body: Record<string, string>): Answer {
    if (path === '/pulls') return method === 'GET' ? this.list(query) : this.open(method, body);
    const [, kind, number, comments] = /^\/(pulls|issues)\/(\d+)(\/comments)?$/.exec(path) ?? [];
    const pull = this.pulls.find((candidate) => candidate.number === Number(number));
    if (pull === undefined) return notFound;
    if (kind === 'issues' && comments !== undefined) {
      if (method === 'GET') return { status: 200, value: pull.comments.map((text, id) => ({ id, body: text })) };
      if (method !== 'POST') return notFound;
      pull.comments.push(body['body'] ?? '');
      return { status: 201, value: { id: pull.comments.length, body: body['body'] } };
    }
    if (kind !== 'pulls' || comments !== undefined) return notFound;
    if (method === 'PATCH') Object.assign(pull, body);
    return method === 'PATCH' || method === 'GET' ? { status: 200, value: this.view(pull) } : notFound;
  }

  private list(query: URLSearchParams): Answer {
    const state = query.get('state') ?? 'open';
    const base = query.get('base');
    const head = query.get('head');
    const sorted = query.get('direction') === 'desc' ? [...this.pulls].reverse() : this.pulls;
    return {
      status: 200,
      value: sorted
        .filter((one) => state === 'all' || one.state === state)
        .filter((one) => base === null || one.base === base)
        .filter((one) => head === null || `${one.fork ?? this.owner}:${one.head}` === head)
        .map((one) => this.view(one)),
    };
  }

  private open(method: string, { head = '', base = '', title = '', body = '' }: Record<string, string>): Answer {
    if (method !== 'POST') return notFound;
    if (head === '' || base === '' || title === '')
      return { status: 422, value: { message: 'Validation Failed', errors: [{ code: 'missing_field' }] } };
    const isOpen = (one: FakePullRequest): boolean =>
      one.fork === undefined && one.head === head && one.base === base && one.state === 'open';
    if (this.pulls.some(isOpen))
      return {
        status: 422,
        value: { message: 'Validation Failed', errors: [{ message: 'A pull request already exists' }] },
      };
    const made = this.openedElsewhere(head, base);
    Object.assign(made, { title, body });
    return { status: 201, value: this.view(made) };
  }

  private view({ number, head, base, fork, title, body, state, merged = false }: FakePullRequest): unknown {
    const own = { id: 1, full_name: `${this.owner}/${this.repository}` };
    return {
      number,
      title,
      body,
      state,
      html_url: `https://github.example/pull/${String(number)}`,
      created_at: '2026-01-01T00:00:00Z',
      merged_at: merged ? '2026-01-02T00:00:00Z' : null,
      head: {
        ref: head,
        label: `${fork ?? this.owner}:${head}`,
        sha: 'a'.repeat(40),
        // A fork that was deleted is null.
        repo: fork === undefined ? own : fork === 'gone' ? null : { id: 2, full_name: `${fork}/${this.repository}` },
      },
      base: { ref: base, repo: own },
    };
  }
}
