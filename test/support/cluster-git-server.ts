import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Git server over smart HTTP. */
export interface GitServer {
  /** Address without a path, as the cluster reaches it, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Serves the bare repositories of a folder, to read and to write, to whoever asks. It listens on this machine alone unless
 * the cluster is to reach it under another host than 127.0.0.1.
 */
export async function startGitServer(folder: string, host = '127.0.0.1'): Promise<GitServer> {
  const server = createServer((request, response) => {
    serve(folder, request, response);
  });
  server.listen(0, host === '127.0.0.1' ? host : '0.0.0.0');
  await once(server, 'listening');
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Hands a request to `git http-backend`, which speaks CGI. @see https://git-scm.com/docs/git-http-backend */
function serve(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://unused');
  const { headers } = request;
  const settings = ['http.receivepack=true', 'safe.directory=*'];
  const backend = spawn('git', [...settings.flatMap((setting) => ['-c', setting]), 'http-backend'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'anybody',
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: headers['content-type'],
      CONTENT_LENGTH: headers['content-length'],
      HTTP_CONTENT_ENCODING: headers['content-encoding'],
      GIT_PROTOCOL: headers['git-protocol']?.toString(),
    },
  });
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  let head = Buffer.alloc(0);
  const onHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    backend.stdout.off('data', onHead);
    const fields = head
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => /^([^:]+):\s*(.*)$/.exec(line) ?? []);
    const status = fields.find(([, name]) => name?.toLowerCase() === 'status')?.[2] ?? '200';
    response.writeHead(
      Number.parseInt(status, 10),
      Object.fromEntries(
        fields.flatMap(([, name, value]) =>
          name === undefined || name.toLowerCase() === 'status' ? [] : [[name, value]],
        ),
      ),
    );
    response.write(head.subarray(end + 4));
    backend.stdout.pipe(response);
  };
  backend.stdout.on('data', onHead);
  backend.on('close', () => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}
