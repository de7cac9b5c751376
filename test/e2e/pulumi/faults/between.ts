import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './fault.ts';
import { answerFile, type Files } from './files.ts';
import { answerHook, type Hooks } from './hooks.ts';

/** A request that passed. */
export interface Call {
  readonly method: string;
  readonly path: string;
}

/** What is to happen at one of the calls. */
interface Armed {
  readonly at: number;
  readonly fault: Fault;
  /** Sends a signal to the program that calls. */
  readonly signal: (name: NodeJS.Signals) => void;
}

/** What is kept by the server behind, as far as it is answered here. */
interface State {
  readonly files?: Files;
  readonly hooks?: Hooks;
  readonly repos: Readonly<Record<string, unknown>>;
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** A server between a program and GitHub, which counts the calls and lets one of them go wrong. */
export class Between {
  private readonly server: Server;
  private armed: Armed | undefined;
  private seen: Call[] = [];
  private readonly renamed = new Map<string, string>();
  private readonly published = new Set<string>();

  private constructor(
    private readonly behind: string,
    private readonly apps: ReadonlyMap<string, number>,
  ) {
    this.server = createServer((request, response) => {
      this.pass(request, response).catch(() => response.destroy());
    });
  }

  /**
   * @param behind - address of the server that is called, e.g. `http://127.0.0.1:17590/`
   * @param apps - numbers of GitHub Apps, by slug, which that server does not show
   */
  static async open(behind: string, apps: ReadonlyMap<string, number> = new Map()): Promise<Between> {
    const between = new Between(behind, apps);
    await new Promise<void>((resolve) => between.server.listen(0, '127.0.0.1', resolve));
    return between;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Calls since the last {@link arm} or {@link disarm}. */
  get calls(): readonly Call[] {
    return this.seen;
  }

  /** Lets the call of a number go wrong, counted from here and from 1; whether it comes to that is told by {@link calls}. */
  arm(at: number, fault: Fault, signal: Armed['signal']): void {
    this.seen = [];
    this.armed = { at, fault, signal };
  }

  disarm(): void {
    this.seen = [];
    this.armed = undefined;
  }

  /** Leads whoever asks for a repository by its old name to the new one, as GitHub does. @param names - `owner/name`, the old one and the new one */
  lead(...[before, now]: readonly [string, string]): void {
    this.renamed.set(before, now);
  }

  /** Tells whoever compares a branch with the one it started from that it has a commit more, as after a publish. @param branch - `owner/name/branch` */
  publish(branch: string): void {
    this.published.add(branch);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { method = 'GET', url = '/' } = request;
    this.seen.push({ method, path: url.replace(/^\/api\/v3|\?.*$/g, '') });
    const location = this.elsewhere(url);
    if (location !== undefined) {
      response.writeHead(method === 'GET' ? 301 : 307, { location, 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: 'Moved Permanently', url: location }));
      return;
    }
    const number = this.seen.length;
    const armed = this.armed?.at === number ? this.armed : undefined;
    if (armed?.fault.before !== undefined) {
      const { status, headers = {}, message } = armed.fault.before;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest' }));
      return;
    }
    const answer =
      this.ofApp(url) ??
      this.ofComparison(url) ??
      (await this.ofParts(method, url, body)) ??
      (await this.ofServer(request, body));
    if (armed !== undefined && (await this.spoil(armed, response))) return;
    const bytes = Buffer.from(await answer.arrayBuffer());
    const kept = ['content-type', 'etag', 'link', 'location'].flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    response.writeHead(answer.status, Object.fromEntries(kept)).end(bytes);
  }

  private elsewhere(url: string): string | undefined {
    const [, start = '', before = '', rest = ''] = /^(.*\/repos\/)([^/]+\/[^/?]+)(.*)$/.exec(url) ?? [];
    const now = this.renamed.get(before);
    return now === undefined ? undefined : new URL(`${start}${now}${rest}`, this.address).href;
  }

  private ofApp(url: string): Response | undefined {
    const slug = /\/apps\/([^/?]+)$/.exec(url)?.[1] ?? '';
    const id = this.apps.get(slug);
    return id === undefined ? undefined : Response.json({ id, slug });
  }

  /** The server behind knows no commits, so it compares nothing. */
  private ofComparison(url: string): Response | undefined {
    const [, repository = '', branch = ''] = /\/repos\/([^/]+\/[^/]+)\/compare\/[^?]*\.\.\.([^?]+)/.exec(url) ?? [];
    return this.published.has(`${repository}/${branch}`) ? Response.json({ ahead_by: 1 }) : undefined;
  }

  private ofServer(request: IncomingMessage, body: Buffer): Promise<Response> {
    const { host: _host, connection: _connection, ...headers } = request.headers;
    return fetch(new URL(request.url ?? '/', this.behind), {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      redirect: 'manual',
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
  }

  /** Files of branches and webhooks, which the server behind may not have; they are kept in its state, with all else. */
  private async ofParts(method: string, url: string, body: Buffer): Promise<Response | undefined> {
    if (!/\/(contents|commits)\/|\/hooks\b/.test(url)) return undefined;
    const { files = {}, hooks = {}, repos } = (await (await fetch(new URL('_state', this.behind))).json()) as State;
    const asked = [method, url.replace(/^\/api\/v3/, ''), body.toString('utf8')] as const;
    const answer = answerFile(...asked, files) ?? answerHook(...asked, { hooks, repositories: Object.keys(repos) });
    if (answer === undefined) return undefined;
    const { status, body: said, ...changed } = answer;
    if (Object.keys(changed).length > 0)
      await fetch(new URL('_set', this.behind), { method: 'POST', body: JSON.stringify(changed) });
    return said === undefined ? new Response(null, { status }) : Response.json(said, { status });
  }

  /** What comes of a call whose work is done. @returns whether nothing is to be answered any more */
  private async spoil({ fault: { after }, signal }: Armed, response: ServerResponse): Promise<boolean> {
    for (const name of after?.signals ?? []) {
      signal(name);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    if (after?.holdMs !== undefined) await new Promise((resolve) => setTimeout(resolve, after.holdMs));
    if (after?.answers === 502) {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
      return true;
    }
    if (after?.answers !== 'nothing') return false;
    response.destroy();
    return true;
  }
}
