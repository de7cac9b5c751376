import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import * as z from 'zod';

/** A login for a registry; never printed. */
export type RegistryLogin =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** A token that stands for a login and gets other tokens, as Azure gives out. */
  | { readonly kind: 'identityToken'; readonly identityToken: string };

const dockerConfig = z.object({
  auths: z
    .record(
      z.string(),
      z.object({
        auth: z.string().optional(),
        identitytoken: z.string().optional(),
        username: z.string().optional(),
        password: z.string().optional(),
      }),
    )
    .optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
});
const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });

/** What a credential helper answers as the name of a user where the secret is an identity token. */
const IDENTITY = '<token>';

/** What Docker calls a registry in its configuration: Docker Hub has names of its own, others their host. */
const keysOf = (registry: string): readonly string[] =>
  registry === 'registry-1.docker.io'
    ? ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io']
    : [registry, `https://${registry}`];

/** The host of a key; old versions of Docker wrote whole addresses, e.g. `https://ghcr.io/v2/`. */
const hostOf = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');

function entryOf<Value>(entries: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  const names = Object.keys(entries ?? {});
  const name = names.find((it) => it === key) ?? names.find((it) => hostOf(it) === hostOf(key));
  return name === undefined ? undefined : entries?.[name];
}

/**
 * The login that Docker keeps for a registry, from `config.json` or the credential helper it names.
 *
 * @param folder - Docker's configuration folder. @default - `$DOCKER_CONFIG`, else `~/.docker`
 * @returns undefined where Docker knows none; then the registry is asked anonymously
 */
export async function dockerLogin(
  registry: string,
  folder = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'),
): Promise<RegistryLogin | undefined> {
  const text = await readFile(join(folder, 'config.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = dockerConfig.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  for (const key of keysOf(registry)) {
    const entry = entryOf(parsed.data.auths, key);
    if (entry?.identitytoken !== undefined && entry.identitytoken !== '')
      return { kind: 'identityToken', identityToken: entry.identitytoken };
    if (entry?.auth !== undefined && entry.auth !== '') {
      const [username = '', ...password] = Buffer.from(entry.auth, 'base64').toString('utf8').split(':');
      return loginOf(username, password.join(':'));
    }
    if (entry?.username !== undefined && entry.password !== undefined) return loginOf(entry.username, entry.password);
    const helper = entryOf(parsed.data.credHelpers, key) ?? parsed.data.credsStore;
    const login = helper === undefined ? undefined : await askHelper(helper, key);
    if (login !== undefined) return login;
  }
  return undefined;
}

async function askHelper(helper: string, key: string): Promise<RegistryLogin | undefined> {
  if (!/^[\w.-]+$/.test(helper)) return undefined;
  const answer = await execa(`docker-credential-${helper}`, ['get'], { input: key, reject: false, timeout: 10_000 });
  const parsed = helperAnswer.safeParse(parseJson(typeof answer.stdout === 'string' ? answer.stdout : ''));
  return parsed.success ? loginOf(parsed.data.Username, parsed.data.Secret) : undefined;
}

const loginOf = (username: string, secret: string): RegistryLogin =>
  username === IDENTITY
    ? { kind: 'identityToken', identityToken: secret }
    : { kind: 'password', username, password: secret };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
