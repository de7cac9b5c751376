import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { describe } from '@jest/globals';

/** A provider as the program asks the engine for it, and the file that is it. */
export interface Plugin {
  readonly name: string;
  /** Version that `package.json` asks for. */
  readonly version: string;
  readonly file: string;
}

/** Version of a package that is installed here, which is the one that the program asks the engine for. */
export const versionOf = (name: string): string =>
  (
    JSON.parse(readFileSync(resolve('node_modules', '@pulumi', name, 'package.json'), 'utf8')) as {
      readonly version: string;
    }
  ).version.replace(/^v/, '');

const onPath = (program: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));

/** A provider on the PATH, or among those that Pulumi fetched for this user. */
function pluginOf(name: string): Plugin | undefined {
  const version = versionOf(name);
  const program = `pulumi-resource-${name}`;
  const home = process.env['PULUMI_HOME'] ?? join(homedir(), '.pulumi');
  const fetched = join(home, 'plugins', `resource-${name}-v${version}`, program);
  const file = onPath(program) ?? (existsSync(fetched) ? fetched : undefined);
  return file === undefined ? undefined : { name, version, file };
}

const providers = ['github', 'kubernetes', 'random'] as const;

/** The providers that this machine has. */
export const plugins: readonly Plugin[] = providers.flatMap((name) => pluginOf(name) ?? []);

/** Address of the server that plays GitHub, as `github:baseUrl` has it. */
export const gitHubAddress = (process.env['PORTOLAN_E2E_GITHUB'] ?? '').replace(/\/*$/, '/');

/** What this machine lacks of a real engine, each with how to give it. */
export const lacking: readonly string[] = [
  ...(onPath('pulumi') === undefined ? ['the Pulumi CLI on the PATH'] : []),
  ...providers
    .filter((name) => !plugins.some((plugin) => plugin.name === name))
    .map((name) => `pulumi-resource-${name} ${versionOf(name)} on the PATH or among Pulumi's plugins`),
  ...(gitHubAddress === '/'
    ? [
        'PORTOLAN_E2E_GITHUB, the address of a server that behaves as GitHub, keeps its state, and takes /_state, /_log, /_fail and /_set',
      ]
    : []),
  ...((process.env['KUBECONFIG'] ?? '') === '' ? ['KUBECONFIG, of a throw-away cluster with Argo CD'] : []),
];

if (lacking.length > 0)
  process.stdout.write(
    `  skipped, the real engine is not here; it lacks:\n${lacking.map((one) => `    ${one}\n`).join('')}`,
  );

/** A suite that needs the real engine; without it the suite says what is missing, and is skipped. */
export const onTheEngine = lacking.length === 0 ? describe : describe.skip;
