import { execFile, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../support/git.ts';
import type { PlayedRegistry } from './played-registry.ts';

/** A person's machine: an empty home, one Node.js, and whatever npm keeps of what it fetched before. */
export interface Machine {
  readonly folder: string;
  /**
   * Runs lines of a shell, and gives back what they say.
   *
   * @param cwd - @default - the folder
   * @throws when one of them fails, with all that was said
   */
  readonly run: (lines: string, cwd?: string, variables?: Readonly<Record<string, string>>) => Promise<string>;
}

const npmSays = (key: string): string => execFileSync('npm', ['config', 'get', key], { encoding: 'utf8' }).trim();

/**
 * Sets a machine up with a version of Node.js, as npm ships its binary.
 *
 * @param registry - where Portolan's own package comes from
 */
export async function setUp(version: string, registry: PlayedRegistry): Promise<Machine> {
  const folder = temporaryFolder();
  const [binaries, home] = [join(folder, 'node'), temporaryFolder()];
  const binary = `node-${process.platform}-${process.arch}`;
  await promisify(execFile)('npm', ['install', '--silent', '--no-save', '--prefix', binaries, `${binary}@${version}`]);
  const node = dirname(join(binaries, 'node_modules', binary, 'bin', 'node'));
  writeFileSync(join(home, '.gitconfig'), '[user]\n  name = Ann\n  email = ann@example.com\n');
  // How this machine reaches the network stays; what npm tells those that it starts, and what somebody set for their own work, does not.
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(npm_|INIT_CWD|NODE_OPTIONS|GIT_|GITHUB_|PULUMI_|PORTOLAN_|KUBECONFIG)/.test(key),
  );
  const env = {
    ...Object.fromEntries(inherited),
    PATH: `${node}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    USER: 'ann',
    CDK8S_CHECK_UPGRADE: 'false',
    npm_config_cache: npmSays('cache'),
    npm_config_userconfig: npmSays('userconfig'),
    npm_config_prefer_offline: 'true',
    ...registry.env,
  };
  const run: Machine['run'] = (lines, cwd = folder, variables = {}) =>
    new Promise((done, fail) => {
      const child = spawn('bash', ['-euo', 'pipefail', '-c', lines], {
        cwd,
        env: { ...env, ...variables },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.once('error', fail);
      child.once('close', (code) => {
        if (code === 0) done(said);
        else fail(new Error(`exit code ${String(code)}: ${lines}\n${said}`));
      });
    });
  return { folder, run };
}
