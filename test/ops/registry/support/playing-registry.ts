import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a registry behaves where the specification leaves it a choice. */
export interface Habit {
  readonly name: string;
  /** What it wants of who asks. */
  readonly wants: 'nothing' | 'basic' | 'bearer';
  /** Where tokens are given out. */
  readonly tokenPath: string;
  /** Field of the answer that holds the token. */
  readonly tokenField: 'token' | 'access_token';
  /** What gets a token: a login in the header, or an identity token in a form. */
  readonly grant: 'header' | 'refresh';
  /** Whether it gives tokens that may read to everybody. */
  readonly anonymous: boolean;
  /** Whether it says the digest of a manifest. */
  readonly saysDigest: boolean;
  /** Its answer about a repository that it does not have, or does not show. */
  readonly unknown: 401 | 403 | 404;
  /** Most tags that it gives at once. */
  readonly page: number;
  /** How it says where the next page begins; nothing where who asks has to find out. */
  readonly link: 'path' | 'address' | undefined;
  /** How it writes its challenge. */
  readonly challenge: (realm: string) => string;
}

const bearer = {
  wants: 'bearer',
  tokenPath: '/token',
  tokenField: 'token',
  grant: 'header',
  anonymous: true,
  saysDigest: true,
  unknown: 401,
  page: 100,
  link: 'path',
  challenge: (realm) => `Bearer realm="${realm}",service="played",scope="repository:acme/orders:pull"`,
} satisfies Omit<Habit, 'name'>;
const basic = {
  ...bearer,
  wants: 'basic',
  anonymous: false,
  unknown: 404,
  challenge: () => 'Basic realm="played"',
} as const;

/** What the registries of the field do. */
export const habits: readonly Habit[] = [
  { ...bearer, name: 'Docker Hub' },
  { ...bearer, name: 'GHCR', unknown: 403, page: 37 },
  { ...basic, name: 'ECR', page: 1000, link: 'address' },
  {
    ...bearer,
    name: 'ACR',
    tokenPath: '/oauth2/token',
    tokenField: 'access_token',
    grant: 'refresh',
    anonymous: false,
    challenge: (realm) => `Bearer realm="${realm}",service="played"`,
  },
  {
    ...bearer,
    name: 'GAR',
    tokenPath: '/v2/token',
    page: 10_000,
    link: undefined,
    challenge: (realm) => `Bearer realm="${realm}",service=played`,
  },
  {
    ...bearer,
    name: 'Harbor',
    tokenPath: '/service/token',
    saysDigest: false,
    challenge: (realm) => `Basic realm="harbor", Bearer realm="${realm}",service="harbor-registry"`,
  },
  { ...bearer, name: 'distribution', wants: 'nothing', unknown: 404, page: 1000, link: undefined },
  { ...basic, name: 'distribution with a password file' },
];

/** The account that the played registry knows; its values are made for each run. */
export const account = { username: 'robot', password: createHash('sha256').update(String(process.pid)).digest('hex') };
export const identityToken = `identity-${account.password}`;

const mediaType = 'application/vnd.oci.image.index.v1+json';
const manifest = JSON.stringify({ schemaVersion: 2, mediaType, manifests: [] });
/** Digest of the only image that is there. */
export const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

/** Answers instead of the registry; false leaves the request to it. */
export type Fault = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

/** A registry on this machine. It has `acme/orders:v1`, and looks at path, method, `Accept` and who asks. */
export class PlayingRegistry {
  readonly tags = new Map<string, string>([['v1', digest]]);
  readonly seen: string[] = [];
  fault: Fault | undefined;
  #host = '';
  readonly #server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      this.#answer(request, response, body);
    });
  });

  constructor(readonly habit: Habit) {}

  get host(): string {
    return this.#host;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#host = `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { habit } = this;
    const url = new URL(request.url ?? '/', `http://${this.#host}`);
    this.seen.push(`${request.method ?? ''} ${url.pathname}`);
    if (this.fault?.(request, response, url.pathname) === true) return;
    if (habit.wants === 'bearer' && url.pathname === habit.tokenPath) {
      this.#giveToken(request, response, url, body);
      return;
    }
    const path = /^\/v2\/acme\/orders\/manifests\/([^/]+)$/.exec(url.pathname);
    const reference = path?.[1] ?? '';
    const writes = request.method === 'PUT';
    if (!this.#mayAsk(request.headers.authorization, writes)) {
      const realm = `http://${this.#host}${habit.tokenPath}`;
      response.writeHead(401, { 'www-authenticate': habit.challenge(realm) }).end();
    } else if (url.pathname === '/v2/acme/orders/tags/list') {
      this.#giveTags(response, url);
    } else if (writes) {
      const isIt = request.headers['content-type'] === mediaType && body === manifest;
      if (isIt) this.tags.set(reference, digest);
      response.writeHead(isIt ? 201 : 400).end();
    } else {
      const found = reference === digest ? digest : this.tags.get(reference);
      // Who does not take an index gets none, as the distribution project does it.
      if (found === undefined) response.writeHead(path === null && habit.unknown !== 401 ? habit.unknown : 404).end();
      else if (request.headers.accept?.includes(mediaType) !== true) response.writeHead(404).end();
      else
        response
          .writeHead(200, {
            'content-type': mediaType,
            ...(habit.saysDigest ? { 'docker-content-digest': found } : {}),
          })
          .end(request.method === 'GET' ? manifest : undefined);
    }
  }

  #giveTags(response: ServerResponse, url: URL): void {
    const { page, link } = this.habit;
    const last = url.searchParams.get('last') ?? '';
    // As registries order them: as texts.
    const rest = [...this.tags.keys()].sort().filter((tag) => tag > last);
    const given = rest.slice(0, Math.min(page, Number(url.searchParams.get('n') ?? page)));
    const next = `/v2/acme/orders/tags/list?last=${given.at(-1) ?? ''}&n=${given.length}`;
    const address = link === 'address' ? `http://${this.#host}${next}` : next;
    const isMore = link !== undefined && given.length < rest.length;
    response
      .writeHead(200, {
        'content-type': 'application/json',
        ...(isMore ? { link: `<${address}>; rel="next"` } : {}),
      })
      .end(JSON.stringify({ name: 'acme/orders', tags: given.length === 0 ? null : given }));
  }

  #giveToken(request: IncomingMessage, response: ServerResponse, url: URL, body: string): void {
    const { grant, anonymous, tokenField } = this.habit;
    const form = new URLSearchParams(body);
    const asked = grant === 'refresh' && request.method === 'POST' ? form : url.searchParams;
    const isKnown =
      grant === 'refresh'
        ? form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === identityToken
        : request.headers.authorization === basicLogin;
    const scope = /^repository:acme\/orders:(pull|pull,push)$/.exec(asked.get('scope') ?? '')?.[1];
    const isAllowed = isKnown || (anonymous && request.headers.authorization === undefined);
    if (!isAllowed || scope === undefined || asked.get('service') === null)
      response.writeHead(scope === undefined ? this.habit.unknown : 401).end();
    else response.end(JSON.stringify({ [tokenField]: isKnown && scope === 'pull,push' ? 'writer' : 'reader' }));
  }

  #mayAsk(authorization: string | undefined, writes: boolean): boolean {
    switch (this.habit.wants) {
      case 'nothing':
        return true;
      case 'basic':
        return authorization === basicLogin;
      case 'bearer':
        return authorization === 'Bearer writer' || (authorization === 'Bearer reader' && !writes);
    }
  }
}

const basicLogin = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`;
