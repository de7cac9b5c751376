import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Digest that every image has here. */
export const digestOfEach = `sha256:${createHash('sha256').update('e').digest('hex')}`;

/** A registry, each repository of which has the same images. They say the commit they were built from, as kpack and Tekton have them say it, ten to a page. */
export class PlayedImages {
  /** The commit that each says, by its tag. */
  readonly images = new Map<string, string>();
  readonly #server: Server = createServer((request, response) => {
    this.serve(request, response);
  });

  get host(): string {
    return `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Answers a request, for who listens elsewhere. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry');
    const [, repository = '', path = ''] = /^\/v2\/(.+)\/((?:tags|manifests|blobs)\/[^/]+)$/.exec(pathname) ?? [];
    const answer = this.#answer(repository, path, searchParams.get('last') ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else
      response.writeHead(200, answer.headers).end(request.method === 'HEAD' ? undefined : JSON.stringify(answer.body));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(
    repository: string,
    path: string,
    last: string,
  ): { readonly body: unknown; readonly headers: Record<string, string> } | undefined {
    if (path === 'tags/list') {
      const rest = ['latest', ...this.images.keys()].sort().filter((tag) => tag > last);
      const tags = rest.slice(0, 10);
      const link = `</v2/${repository}/tags/list?last=${tags.at(-1) ?? ''}>; rel="next"`;
      return { body: { tags }, headers: rest.length > 10 ? { link } : {} };
    }
    const commit = this.images.get(path.replace('manifests/', ''));
    if (commit !== undefined)
      return {
        body: { schemaVersion: 2, config: { digest: `sha256:${commit.padEnd(64, '0')}` } },
        headers: { 'docker-content-digest': digestOfEach },
      };
    const [, said] = /^blobs\/sha256:([0-9a-f]{40})/.exec(path) ?? [];
    const project = JSON.stringify({ source: { type: 'git', version: { commit: said } } });
    const labels = { 'io.buildpacks.project.metadata': project, 'org.opencontainers.image.revision': said };
    return said === undefined ? undefined : { body: { config: { Labels: labels } }, headers: {} };
  }
}
