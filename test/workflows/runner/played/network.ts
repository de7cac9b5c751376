import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Answers a request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The outside world as a machine with a proxy sees it: some names, each with a server behind it, and nothing else. */
export interface Network {
  /** Address of the proxy. */
  readonly proxy: string;
  /** File with the certificate that git and Node.js are to believe. */
  readonly certificate: string;
  readonly stop: () => Promise<void>;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A certificate for some names, which nobody else believes. The key is made for this run. */
function makeCertificate(folder: string, names: readonly string[]): { readonly key: string; readonly file: string } {
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-nodes', '-days', '1', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
      ...['-subj', '/CN=played', '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`],
      ...['-keyout', key, '-out', file],
    ],
    { stdio: 'pipe' },
  );
  return { key, file };
}

/**
 * Starts the servers on 127.0.0.1.
 *
 * @param folder - for the key and the certificate
 * @param names - what answers for each name, over HTTPS
 * @param plain - what answers whoever asks the proxy itself
 */
export async function startNetwork(
  folder: string,
  names: Readonly<Record<string, Answer>>,
  plain: Answer,
): Promise<Network> {
  const { key, file } = makeCertificate(folder, Object.keys(names));
  const behind = createSecureServer({ key: readFileSync(key), cert: readFileSync(file) }, (request, response) => {
    const answer = names[request.headers.host ?? ''];
    if (answer === undefined) response.writeHead(421).end();
    else answer(request, response);
  });
  const front = createServer(plain);
  front.on('connect', ({ url = '' }, client) => {
    const [, name = ''] = /^(.*):443$/.exec(url) ?? [];
    if (names[name] === undefined) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const there = connect(portOf(behind), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      there.pipe(client).pipe(there);
    });
    for (const socket of [there, client]) socket.on('error', () => socket.destroy());
    client.on('close', () => there.destroy());
  });
  const servers = [behind, front];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  return {
    proxy: `http://127.0.0.1:${portOf(front)}`,
    certificate: file,
    stop: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
