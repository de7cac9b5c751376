import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import * as z from 'zod';

/** A user and password for a registry; never printed. */
export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
}

const dockerConfig = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional() })).optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
});
const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });

/** What Docker calls Docker Hub in its configuration. */
const keysOf = (registry: string): readonly string[] =>
  registry === 'registry-1.docker.io'
    ? ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io']
    : [registry, `https://${registry}`];

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
    const auth = parsed.data.auths?.[key]?.auth;
    if (auth !== undefined && auth !== '') {
      const [username = '', ...password] = Buffer.from(auth, 'base64').toString('utf8').split(':');
      return { username, password: password.join(':') };
    }
    const helper = parsed.data.credHelpers?.[key] ?? parsed.data.credsStore;
    const login = helper === undefined ? undefined : await askHelper(helper, key);
    if (login !== undefined) return login;
  }
  return undefined;
}

async function askHelper(helper: string, key: string): Promise<RegistryLogin | undefined> {
  if (!/^[\w.-]+$/.test(helper)) return undefined;
  const answer = await execa(`docker-credential-${helper}`, ['get'], { input: key, reject: false, timeout: 10_000 });
  const parsed = helperAnswer.safeParse(parseJson(typeof answer.stdout === 'string' ? answer.stdout : ''));
  return parsed.success ? { username: parsed.data.Username, password: parsed.data.Secret } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
