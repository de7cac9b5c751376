import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/git.ts';

/** A registry that has one package; every other one comes from where it always does. */
export interface PlayedRegistry {
  /** What npm is told by variables, so that it asks here for the package's scope. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** Packs the package as it would be published; gives back the file. */
export function packPackage(): string {
  const folder = temporaryFolder();
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder]);
  return join(folder, readdirSync(folder)[0] ?? '');
}

/** Serves a packed package as a registry does, on this machine alone. */
export async function playRegistry(tarball: string): Promise<PlayedRegistry> {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  const bytes = readFileSync(tarball);
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    if (request.url === '/package.tgz') {
      response.end(bytes);
      return;
    }
    if (decodeURIComponent(request.url ?? '') !== `/${manifest.name}`) {
      response.writeHead(404).end('{}');
      return;
    }
    const dist = {
      tarball: `http://127.0.0.1:${port}/package.tgz`,
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    };
    const { name, version } = manifest;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const scope = manifest.name.split('/')[0] ?? '';
  const { port } = server.address() as AddressInfo;
  return {
    env: { [`npm_config_${scope}:registry`]: `http://127.0.0.1:${port}/` },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
