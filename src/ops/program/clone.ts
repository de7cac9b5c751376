import { relative } from 'node:path';
import { placeAtHost } from '../../model/formats/repository-address.ts';
import { GitFailure } from '../git/git-failure.ts';
import { readObjects } from '../git/object-reader.ts';
import { askGit } from '../git/run-git.ts';

/** Seconds that a remote may take to say where its branches are. */
const PATIENCE_SECONDS = 20;

/** Where branches of a remote are, as it says itself. */
export interface RemoteBranches {
  /** Name of its default branch. @default - it names none */
  readonly defaultBranch?: string;
  /** Name → commit. */
  readonly tips: ReadonlyMap<string, string>;
}

/** Git as it is typed for a clone: without a folder where the command runs in it. */
export const gitFor = (folder: string): string => {
  const path = relative(process.cwd(), folder);
  return path === '' ? 'git' : `git -C ${path}`;
};

/** What gets a clone the history that was cut off. */
export const wholeHistory = (git = 'git'): string =>
  `fetch the whole history ("${git} fetch --unshallow", or fetch-depth: 0 in a workflow)`;

/** The commit that a revision names in a clone; nothing where it has none, or there is no Git or repository. */
export const revisionIn = async (folder: string, name: string): Promise<string | undefined> =>
  (await revisionsIn(folder, [name]))[0];

/** The same of several, asked at once; in their order. */
export async function revisionsIn(folder: string, names: readonly string[]): Promise<readonly (string | undefined)[]> {
  try {
    const objects = await readObjects(
      { folder },
      names.map((name) => `${name}^{commit}`),
    );
    return objects.map((object) => object?.id);
  } catch (error) {
    if (error instanceof GitFailure && error.kind !== 'timeout') return names.map(() => undefined);
    throw error;
  }
}

/** Whether the history of a clone is cut off. */
export async function isShallow(folder: string): Promise<boolean> {
  const answer = await askGit(['rev-parse', '--is-shallow-repository'], { folder });
  return answer.stdout.toString('utf8').trim() !== 'false';
}

/** Whether a clone is of another repository than the one at an address; not where either cannot be told. */
export async function isOfAnother(folder: string, address: string): Promise<boolean> {
  const answer = await askGit(['config', '--get', 'remote.origin.url'], { folder });
  const [here, wanted] = [placeAtHost(answer.stdout.toString('utf8').trim()), placeAtHost(address)];
  return answer.exitCode === 0 && here !== undefined && wanted !== undefined && here !== wanted;
}

/** What the remote of a clone says of its branches now; nothing where there is none or it does not answer. */
export async function askRemote(folder: string): Promise<RemoteBranches | undefined> {
  try {
    const answer = await askGit(['ls-remote', '--quiet', '--symref', 'origin', 'HEAD', 'refs/heads/*'], {
      folder,
      timeoutSeconds: PATIENCE_SECONDS,
    });
    if (answer.exitCode !== 0) return undefined;
    const lines = answer.stdout.toString('utf8').split('\n');
    const head = lines.flatMap((line) => /^ref: refs\/heads\/(.+)\tHEAD$/.exec(line)?.[1] ?? [])[0];
    const tips = lines.flatMap((line): readonly (readonly [string, string])[] => {
      const [, commit, name] = /^([0-9a-f]{40,64})\trefs\/heads\/(.+)$/.exec(line) ?? [];
      return commit === undefined || name === undefined ? [] : [[name, commit]];
    });
    return { ...(head === undefined ? {} : { defaultBranch: head }), tips: new Map(tips) };
  } catch (error) {
    if (error instanceof GitFailure) return undefined;
    throw error;
  }
}
