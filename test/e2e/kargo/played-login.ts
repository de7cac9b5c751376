import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry that asks everybody for a name and a password, in front of one that asks nobody. */
export interface PlayedLogin {
  /** Where it is, e.g. `127.0.0.1:40123`. */
  readonly host: string;
  /** How many requests were answered, and how many came without the right word. */
  readonly seen: { answered: number; refused: number };
  stop(): Promise<void>;
}

/** Starts it. `behind` is the host and port of the other registry. */
export async function playLogin(behind: string, username: string, password: string): Promise<PlayedLogin> {
  const right = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const seen = { answered: 0, refused: 0 };
  const server = createServer((incoming, response) => {
    if (incoming.headers.authorization !== right) {
      seen.refused += 1;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="images"' }).end();
      return;
    }
    seen.answered += 1;
    const { authorization: _, ...headers } = incoming.headers;
    const passed = ask(`http://${behind}${incoming.url ?? '/'}`, { method: incoming.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
