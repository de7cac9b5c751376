import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Hands a request to `git http-backend`, which speaks CGI, and ends when it has answered.
 *
 * @param folder - holds the bare repositories
 * @param variables - for the hooks of a repository
 * @see https://git-scm.com/docs/git-http-backend
 */
export async function answerWithGit(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
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
      ...variables,
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
    backend.stdout.pipe(response, { end: false });
  };
  backend.stdout.on('data', onHead);
  await new Promise((resolve) => backend.on('close', resolve));
  if (!response.headersSent) response.writeHead(500);
}
