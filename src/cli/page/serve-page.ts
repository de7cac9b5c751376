import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page that is shown to browsers of this machine. */
export interface ServedPage {
  /** E.g. `http://127.0.0.1:4350/`. */
  readonly address: string;
  /** Shows another page from now on; browsers that have it open load it. */
  show(html: string): void;
  /** Ends every connection. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // The page has its own policy; what a page may not say of itself is who may frame it.
  'Content-Security-Policy': "frame-ancestors 'none'",
};

/**
 * Serves one page on 127.0.0.1 to who asks for it by that name: a page of somebody else whose name leads here is refused. Nothing can be
 * written through it.
 *
 * @param port - 0 takes any free one
 * @throws as Node.js does when the port is taken: an error with the code `EADDRINUSE`, or `EACCES`
 */
export async function servePage(first: string, port: number): Promise<ServedPage> {
  let html = first;
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const refusal = refused(request, addressOf());
    if (refusal !== undefined) {
      response.writeHead(refusal.status, {
        ...headers,
        ...refusal.headers,
        'Content-Type': 'text/plain; charset=utf-8',
      });
      response.end(`${refusal.why}\n`);
      return;
    }
    const isHead = request.method === 'HEAD';
    if (request.url === '/') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html; charset=utf-8' });
      response.end(isHead ? undefined : html);
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream' });
    if (isHead) {
      response.end();
      return;
    }
    response.flushHeaders();
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  });
  const addressOf = (): string => `${host}:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    address: `http://${addressOf()}/`,
    show(next) {
      html = next;
      for (const listener of listeners) listener.write('data: changed\n\n');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Why a request gets no page. */
function refused(
  { method = '', url = '', headers: { host: asked = '' } }: IncomingMessage,
  address: string,
): { readonly status: number; readonly why: string; readonly headers?: Readonly<Record<string, string>> } | undefined {
  if (asked !== address && asked !== address.replace(host, 'localhost'))
    return { status: 421, why: `ask for http://${address}/` };
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, why: 'nothing can be written here', headers: { Allow: 'GET, HEAD' } };
  if (url !== '/' && url !== '/changes') return { status: 404, why: `there is http://${address}/ and nothing else` };
  return undefined;
}
