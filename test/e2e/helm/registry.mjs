// A registry of charts, in a process of its own because Helm is waited for: `node registry.mjs FOLDER` serves every archive of the folder at /v2/charts/NAME,
// by its version and by its digest, and prints its port, and one line for each: NAME VERSION DIGEST. It takes what is pushed, too.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const digestOf = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const blobs = new Map();
const keep = (bytes) => {
  const digest = digestOf(bytes);
  blobs.set(digest, bytes);
  return { digest, size: bytes.length };
};
const manifests = new Map();
const [folder] = process.argv.slice(2);
const told = readdirSync(folder)
  .filter((file) => file.endsWith('.tgz'))
  .map((file) => {
    const [, name, version] = /^(.+?)-(\d.*)\.tgz$/.exec(file);
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        config: {
          mediaType: 'application/vnd.cncf.helm.config.v1+json',
          ...keep(Buffer.from(JSON.stringify({ name, version, apiVersion: 'v2' }))),
        },
        layers: [
          {
            mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
            ...keep(readFileSync(path.join(folder, file))),
          },
        ],
      }),
    );
    const digest = digestOf(manifest);
    for (const reference of [version, digest]) manifests.set(`${name} ${reference}`, { manifest, digest });
    return `${name} ${version} ${digest}`;
  });

/** Takes a blob, in one piece or after a request that begins it, or a manifest. */
function push({ url, method }, body, answer) {
  const [, name, kind, rest = ''] = /^\/v2\/charts\/([^/]+)\/(manifests|blobs)\/(.*)$/.exec(url ?? '') ?? [];
  if (kind === 'blobs' && method === 'POST')
    return void answer.writeHead(202, { location: `/v2/charts/${name}/blobs/uploads/1` }).end();
  if (kind === undefined) return void answer.writeHead(404).end();
  const { digest } = keep(body);
  if (kind === 'manifests')
    for (const reference of [rest, digest]) manifests.set(`${name} ${reference}`, { manifest: body, digest });
  answer.writeHead(201, { location: url, 'docker-content-digest': digest }).end();
}

const server = createServer(async (request, answer) => {
  const { url, method } = request;
  const parts = [];
  for await (const part of request) parts.push(part);
  if (['POST', 'PUT', 'PATCH'].includes(method)) return push(request, Buffer.concat(parts), answer);
  const [, name, kind, reference] = /^\/v2\/charts\/([^/]+)\/(manifests|blobs)\/(.+)$/.exec(url ?? '') ?? [];
  const found = manifests.get(`${name} ${reference}`);
  const body = kind === 'manifests' ? found?.manifest : blobs.get(reference);
  if (body === undefined) return void answer.writeHead(url === '/v2/' ? 200 : 404).end();
  answer.writeHead(200, {
    'content-length': body.length,
    ...(kind === 'manifests'
      ? { 'content-type': 'application/vnd.oci.image.manifest.v1+json', 'docker-content-digest': found.digest }
      : {}),
  });
  answer.end(method === 'HEAD' ? undefined : body);
});
server.listen(0, '127.0.0.1', () => console.log([server.address().port, ...told].join('\n')));
