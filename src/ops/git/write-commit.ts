import { GitFailure } from './git-failure.ts';
import { removeLeftMarks } from './left-marks.ts';
import { git } from './run-git.ts';

/** Who wrote a commit. */
export interface Signature {
  readonly name: string;
  readonly email: string;
}

/** A change of one file: its new text, a file that another commit holds already, or its removal. */
export type FileChange =
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'copy'; readonly id: string; readonly mode: string }
  | { readonly kind: 'remove' };

/** A commit to be made. */
export interface NewCommit {
  /** @default - the commit has no parent */
  readonly parent?: string;
  /** Commit whose files the changes are made to. @default - the parent */
  readonly filesOf?: string;
  /** Path → change; files not named stay as the parent has them. */
  readonly changes: ReadonlyMap<string, FileChange>;
  readonly message: string;
  readonly author: Signature;
  readonly at: Date;
}

/** Never updated: fast-import wants a name, and forgets this one before it ends. */
const NO_REF = 'refs/portolan/staged';

/**
 * Writes a commit and all its files in one process, and moves no branch: nobody sees it until a branch is pointed at it.
 *
 * @returns the commit's id
 */
export async function writeCommit(gitDir: string, commit: NewCommit): Promise<string> {
  const stream: string[] = ['feature done\n'];
  const changes = [...commit.changes].sort(([a], [b]) => (a < b ? -1 : 1));
  const data = (text: string): string => `data ${Buffer.byteLength(text, 'utf8')}\n${text}\n`;
  const signature = `${plain(commit.author.name)} <${plain(commit.author.email)}> ${Math.floor(commit.at.getTime() / 1000)} +0000`;
  stream.push(`commit ${NO_REF}\nmark :1\nauthor ${signature}\ncommitter ${signature}\n${data(commit.message)}`);
  if (commit.parent !== undefined) stream.push(`from ${commit.parent}\n`);
  if (commit.filesOf !== undefined) stream.push(`M 040000 ${await treeOf(gitDir, commit.filesOf)} \n`);
  // Removals first: a file may give way to a folder of the same name.
  for (const [path, change] of changes) if (change.kind === 'remove') stream.push(`D ${safePath(path)}\n`);
  for (const [path, change] of changes) {
    if (change.kind === 'write') stream.push(`M 100644 inline ${safePath(path)}\n${data(change.text)}`);
    if (change.kind === 'copy') stream.push(`M ${change.mode} ${change.id} ${safePath(path)}\n`);
  }
  stream.push(`\nget-mark :1\nreset ${NO_REF}\n\ndone\n`);
  return fastImport(gitDir, stream.join(''));
}

/**
 * Hands a stream to fast-import. One that was killed while it put its pack in its place leaves a mark that says to keep that pack; the same
 * commit is the same pack again, whose mark fast-import then refuses to write.
 */
async function fastImport(gitDir: string, input: string): Promise<string> {
  const imported = async () =>
    (await git(['fast-import', '--quiet', '--done', '--date-format=raw'], { gitDir, input })).toString('utf8').trim();
  try {
    return await imported();
  } catch (error) {
    if (!(error instanceof GitFailure) || error.kind !== 'kept') throw error;
    await removeLeftMarks(gitDir);
    return imported();
  }
}

const treeOf = async (gitDir: string, commit: string): Promise<string> =>
  (await git(['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`], { gitDir })).toString('utf8').trim();

const plain = (name: string): string => name.replaceAll(/[<>\p{Cc}]/gu, ' ').trim();

function safePath(path: string): string {
  const parts = path.split('/');
  const bad = parts.some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git');
  if (bad || /["\p{Cc}]/u.test(path))
    throw new Error(`portolan: ${JSON.stringify(path)} cannot be a path of an environment branch`);
  return path;
}
