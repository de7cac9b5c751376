import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerWithGit } from './git-backend.ts';

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
    void answerWithGit(folder, request, response).then(() => response.end());
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
