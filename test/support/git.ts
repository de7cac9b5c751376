import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one test; removed when the process of the tests ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-test-'));
  if (folders.length === 0) process.once('exit', removeFolders);
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
const removeFolders = (): void => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
};

/** Runs git as the person `Ann` and returns what it wrote, without the final line feed. */
export function gitIn(folder: string, ...args: readonly string[]): string {
  const person = [
    '-c',
    'user.name=Ann',
    '-c',
    'user.email=ann@example.com',
    '-c',
    'init.defaultBranch=main',
    '-c',
    'commit.gpgSign=false',
  ];
  const answer = execFileSync('git', [...person, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return answer.replace(/\n$/, '');
}

/** A bare repository in a folder of its own. */
export function bareRepository(): string {
  const path = join(temporaryFolder(), 'ops.git');
  gitIn('.', 'init', '--quiet', '--bare', path);
  return path;
}

/** Files of a branch: path → text, in the order of the paths. */
export function filesOf(bare: string, branch: string): ReadonlyMap<string, string> {
  const listing = gitIn(bare, 'ls-tree', '-r', '-z', branch)
    .split('\0')
    .filter((line) => line !== '');
  const files = listing.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(/[ \t]/)[2] ?? ''] as const);
  const answer = execFileSync('git', ['cat-file', '--batch'], {
    cwd: bare,
    input: files.map(([, id]) => `${id}\n`).join(''),
    maxBuffer: 2 ** 28,
  });
  let offset = 0;
  return new Map(
    files.map(([path]) => {
      const end = answer.indexOf('\n', offset) + 1;
      const size = Number(answer.toString('utf8', offset, end).trim().split(' ')[2]);
      offset = end + size + 1;
      return [path, answer.toString('utf8', end, end + size)];
    }),
  );
}

/** Subjects of a branch's commits, newest first. */
export const subjectsOf = (bare: string, branch: string): readonly string[] =>
  gitIn(bare, 'log', '--format=%s', branch).split('\n');

/** Makes a commit by hand on a branch of a bare repository, as a person with a clone would; `null` removes a file. */
export function commitByHand(
  bare: string,
  branch: string,
  changes: Readonly<Record<string, string | null>>,
  message = 'By hand',
): string {
  const lines = [
    'feature done',
    `commit refs/heads/${branch}`,
    'mark :1',
    'committer Bob <bob@example.com> 1767225600 +0000',
    ...data(message),
  ];
  const parent = gitIn(bare, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`);
  if (parent !== '') lines.push(`from ${parent}`);
  for (const [path, text] of Object.entries(changes))
    lines.push(...(text === null ? [`D ${path}`] : [`M 100644 inline ${path}`, ...data(text)]));
  execFileSync('git', ['fast-import', '--quiet', '--done'], {
    cwd: bare,
    input: `${lines.join('\n')}\n\ndone\n`,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return gitIn(bare, 'rev-parse', branch);
}

const data = (text: string): readonly string[] => [`data ${Buffer.byteLength(text)}`, text];
