import { join } from 'node:path';
import { execa } from 'execa';
import type { ActionCall, PlayedAction } from './action.ts';

/** A clone over HTTPS with the token that it is given, which it does not leave behind. */
async function checkOut(call: ActionCall): Promise<Readonly<Record<string, string>>> {
  const { repository = call.repository, token = call.token, path = '.', ref } = call.with;
  if (call.with['persist-credentials'] !== 'false')
    throw new Error('a checkout that leaves its token behind is not played; write persist-credentials: false');
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const folder = join(call.workspace, path);
  const git = async (...args: readonly string[]): Promise<string> => {
    const answer = await execa('git', [...args], {
      cwd: args[0] === 'init' ? call.workspace : folder,
      env: {
        ...call.variables,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.https://github.com/.extraheader',
        GIT_CONFIG_VALUE_0: header,
      },
      extendEnv: false,
      reject: false,
    });
    if (answer.exitCode !== 0) throw new Error(`git ${args[0] ?? ''}: ${answer.stderr}`);
    return answer.stdout;
  };
  await git('init', '--quiet', folder);
  await git('remote', 'add', 'origin', `https://github.com/${repository}.git`);
  const depth = call.with['fetch-depth'] ?? '1';
  const fetch = (...what: readonly string[]): Promise<string> =>
    git('fetch', '--quiet', '--no-recurse-submodules', ...what);
  if (depth === '0') await fetch('--tags', 'origin', '+refs/heads/*:refs/remotes/origin/*');
  const isOwn = repository === call.repository && ref === undefined;
  // A run is for one commit, wherever its ref has gone since.
  const wanted = isOwn ? call.commit : (ref ?? (await defaultBranch(git)));
  await fetch(...(depth === '0' ? [] : ['--no-tags', `--depth=${depth}`]), 'origin', wanted);
  const commit = await git('rev-parse', 'FETCH_HEAD^{commit}');
  const branch = isOwn ? /^refs\/heads\/(.+)$/.exec(call.ref)?.[1] : undefined;
  await git('checkout', '--quiet', '--force', ...(branch === undefined ? ['--detach'] : ['-B', branch]), commit);
  return { commit };
}

type Git = (...args: readonly string[]) => Promise<string>;

async function defaultBranch(git: Git): Promise<string> {
  const answer = await git('ls-remote', '--symref', 'origin', 'HEAD');
  const found = /^ref: (\S+)\tHEAD/.exec(answer)?.[1];
  if (found === undefined) throw new Error(`the repository has no default branch: ${answer}`);
  return found;
}

export const checkout: PlayedAction = {
  inputs: ['repository', 'ref', 'token', 'path', 'fetch-depth', 'persist-credentials'],
  run: checkOut,
};
