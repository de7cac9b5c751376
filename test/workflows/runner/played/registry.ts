import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** An image as far as it is kept. */
export interface Manifest {
  readonly type: string;
  readonly text: string;
}

/** A registry: anybody reads, and whoever has one of its accounts writes. */
export class PlayedRegistry {
  /** `name:tag` or `name@digest` → manifest. */
  readonly #manifests = new Map<string, Manifest>();
  readonly #accounts = new Set<string>();

  /** Answers a request of the distribution API. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part as string;
    const [, name = '', reference = ''] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(request.url ?? '') ?? [];
    if (request.method === 'PUT') {
      const manifest = { type: request.headers['content-type'] ?? '', text: body };
      const digest = this.push(name, reference, manifest, request.headers.authorization);
      if (digest === undefined) response.writeHead(401, { 'www-authenticate': 'Basic realm="played"' }).end();
      else response.writeHead(201, { 'docker-content-digest': digest }).end();
      return;
    }
    const found = this.#manifests.get(`${name}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`);
    if (found === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': found.type, 'docker-content-digest': digestOf(found.text) })
        .end(request.method === 'HEAD' ? undefined : found.text);
  }

  /** Keeps an image under a tag and returns its digest; nothing without a login. */
  push(name: string, tag: string, manifest: Manifest, authorization: string | undefined): string | undefined {
    if (!this.#accounts.has(authorization ?? '')) return undefined;
    const digest = digestOf(manifest.text);
    this.#manifests.set(`${name}:${tag}`, manifest).set(`${name}@${digest}`, manifest);
    return digest;
  }

  /** Lets an account push. */
  admit(username: string, password: string): void {
    this.#accounts.add(basic(username, password));
  }

  knows(username: string, password: string): boolean {
    return this.#accounts.has(basic(username, password));
  }

  /** The digest that a tag names, e.g. of `acme/orders:v1`; nothing where it is not there. */
  digest(reference: string): string | undefined {
    const found = this.#manifests.get(reference);
    return found === undefined ? undefined : digestOf(found.text);
  }
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
