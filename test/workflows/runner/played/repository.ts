import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeGitHub, type FakePullRequest } from '../../../support/fake-github.ts';
import { commitByHand, gitIn } from '../../../support/git.ts';

/** Which repository is played. */
export interface Played {
  /** Name in the delivery. */
  readonly name: string;
  /** e.g. `acme/shop`. */
  readonly fullName: string;
  readonly isPublic: boolean;
  /** Branches that only a merged pull request moves. */
  readonly gated: readonly string[];
}

/**
 * Refuses what GitHub refuses of a push, whatever the token's access to contents: a branch that rulesets close, and a changed workflow
 * without the permission for it. What a test does on this disk itself is not asked.
 */
const updateHook = `#!/usr/bin/env bash
set -eu
case " \${PLAYED_GATED-} " in *" $1 "*)
  if [ "$2" != 0000000000000000000000000000000000000000 ]; then echo "GH013: Repository rule violations found for $1" >&2; exit 1; fi ;;
esac
if [ "\${PLAYED_WORKFLOWS-write}" != write ] && [ "$3" != 0000000000000000000000000000000000000000 ]; then
  if [ "$2" = 0000000000000000000000000000000000000000 ]; then known=$(git for-each-ref --format='^%(objectname)'); else known="^$2"; fi
  if git log --format= --name-only "$3" $known -- .github/workflows | grep -q .; then
    echo "refusing to allow a GitHub App to create or update workflow without workflows permission" >&2; exit 1
  fi
fi
`;

/** A repository at the played GitHub: a bare one on this disk, and its pull requests. */
export class PlayedRepository {
  readonly name: string;
  readonly fullName: string;
  readonly isPublic: boolean;
  readonly gated: readonly string[];
  /** Who opened each pull request. */
  readonly authors = new Map<number, string>();
  /** Who wrote each comment, by number of the pull request. */
  readonly commenters = new Map<number, string[]>();

  private constructor(
    { name, fullName, isPublic, gated }: Played,
    readonly folder: string,
    readonly service: FakeGitHub,
  ) {
    this.name = name;
    this.fullName = fullName;
    this.isPublic = isPublic;
    this.gated = gated;
  }

  static async start(root: string, played: Played): Promise<PlayedRepository> {
    const [owner = '', name = ''] = played.fullName.split('/');
    const folder = join(root, owner, `${name}.git`);
    gitIn(root, 'init', '--quiet', '--bare', folder);
    writeFileSync(join(folder, 'hooks', 'update'), updateHook);
    chmodSync(join(folder, 'hooks', 'update'), 0o755);
    return new PlayedRepository(played, folder, await FakeGitHub.start('app-token', owner, name));
  }

  /** The commit that a ref names now; nothing where it is not there. */
  commit(ref: string): string | undefined {
    const found = gitIn(this.folder, 'for-each-ref', '--format=%(objectname) %(*objectname)', ref).trim();
    return found === '' ? undefined : found.split(' ').at(-1);
  }

  /** Every branch and tag, and the commit that it names. */
  refs(): ReadonlyMap<string, string> {
    const lines = gitIn(this.folder, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags');
    return new Map(lines.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ') as [string, string]])));
  }

  /** Files that differ between two commits; all of them where there was none before. */
  files(before: string | undefined, after: string): readonly string[] {
    const answer =
      before === undefined
        ? gitIn(this.folder, 'ls-tree', '-r', '--name-only', after)
        : gitIn(this.folder, 'diff', '--name-only', before, after);
    return answer === '' ? [] : answer.split('\n');
  }

  /** Text of a file at a commit. */
  read(commit: string, path: string): string {
    return gitIn(this.folder, 'show', `${commit}:${path}`);
  }

  /** Workflow files at a commit: name and text. */
  workflows(commit: string): readonly (readonly [string, string])[] {
    const folder = '.github/workflows/';
    const names = gitIn(this.folder, 'ls-tree', '--name-only', commit, folder);
    return (names === '' ? [] : names.split('\n')).map(
      (path) => [path.slice(folder.length), this.read(commit, path)] as const,
    );
  }

  /** Makes a commit as a person does, who starts nothing by it until the world is told. */
  write(branch: string, files: Readonly<Record<string, string | null>>, message?: string): string {
    return commitByHand(this.folder, branch, files, message);
  }

  pull(number: number): FakePullRequest {
    const found = this.service.pulls.find((one) => one.number === number);
    if (found === undefined) throw new Error(`${this.fullName} has no pull request #${number}`);
    return found;
  }

  /** The commit that a pull request proposes. */
  headOf(number: number): string {
    const pull = this.pull(number);
    // A fork's branch is not here; what it proposes is.
    return this.commit(pull.fork === undefined ? `refs/heads/${pull.head}` : `refs/pull/${number}/head`)!;
  }

  /** The commit that GitHub makes of both sides of a pull request, which its workflows run on. */
  mergeOf(number: number): { readonly base: string; readonly head: string; readonly merge: string } {
    const base = this.commit(`refs/heads/${this.pull(number).base}`)!;
    const head = this.headOf(number);
    const tree = gitIn(this.folder, 'merge-tree', '--write-tree', base, head).split('\n')[0]!;
    const message = `Merge ${head} into ${base}`;
    const merge = gitIn(this.folder, 'commit-tree', tree, '-p', base, '-p', head, '-m', message);
    gitIn(this.folder, 'update-ref', `refs/pull/${number}/merge`, merge);
    gitIn(this.folder, 'update-ref', `refs/pull/${number}/head`, head);
    return { base, head, merge };
  }
}
