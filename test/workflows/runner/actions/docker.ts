import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseImageName } from '../../../../src/ops/registry/image-name.ts';
import { given, type ActionCall, type PlayedAction } from './action.ts';

const hub = 'https://index.docker.io/v1/';

interface DockerConfig {
  readonly auths: Readonly<Record<string, { readonly auth: string }>>;
}

const configOf = ({ variables }: ActionCall): string => join(variables['HOME'] ?? '', '.docker', 'config.json');

function readConfig(call: ActionCall): DockerConfig {
  const file = configOf(call);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DockerConfig) : { auths: {} };
}

/** Keeps a login where Docker keeps it, once the registry has taken it. */
function logIn(call: ActionCall): void {
  const [username, password] = [given(call, 'username'), given(call, 'password')];
  if (!call.github.registry.knows(username, password)) throw new Error('unauthorized: incorrect username or password');
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  const config = { auths: { ...readConfig(call).auths, [call.with['registry'] ?? hub]: { auth } } };
  mkdirSync(join(configOf(call), '..'), { recursive: true });
  writeFileSync(configOf(call), JSON.stringify(config));
}

/** Pushes an image whose bits are the Dockerfile that was built and nothing else, so that the same source is the same image. */
function buildAndPush(call: ActionCall): Readonly<Record<string, string>> {
  const context = join(call.workspace, given(call, 'context'));
  const dockerfile =
    call.with['file'] === undefined ? join(context, 'Dockerfile') : join(call.workspace, call.with['file']);
  if (!existsSync(dockerfile)) throw new Error(`failed to read dockerfile: ${given(call, 'context')}`);
  // A build that is not pushed is a build alone, and needs no name.
  if (call.with['push'] !== 'true') return { digest: '' };
  const image = parseImageName(given(call, 'tags'));
  if (image?.tag === undefined) throw new Error(`invalid tag "${given(call, 'tags')}"`);
  const type = 'application/vnd.oci.image.manifest.v1+json';
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    annotations: { name: image.name, dockerfile: readFileSync(dockerfile, 'utf8') },
  });
  const { auths } = readConfig(call);
  const login = auths[image.registry === 'registry-1.docker.io' ? hub : image.registry];
  const authorization = login === undefined ? undefined : `Basic ${login.auth}`;
  const digest = call.github.registry.push(image.name, image.tag, { type, text }, authorization);
  if (digest === undefined) throw new Error(`push access denied to ${image.name}`);
  return { digest };
}

export const dockerLogin: PlayedAction = {
  inputs: ['registry', 'username', 'password'],
  run: (call) => {
    logIn(call);
    return Promise.resolve({});
  },
};

export const buildPush: PlayedAction = {
  inputs: ['context', 'file', 'push', 'tags', 'annotations'],
  run: (call) => Promise.resolve(buildAndPush(call)),
};
