import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { OpsError, type Refusal } from '../../../src/ops/ops-error.ts';
import { ancestryIn } from '../../../src/ops/program/ancestry.ts';
import { readProgram, type ProgramLocation } from '../../../src/ops/program/program.ts';
import type { ProgramAllowances } from '../../../src/ops/program/refuse-program.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { openOpsRepository } from '../../../src/ops/repository/open-ops-repository.ts';
import { bareRepository, commitByHand, gitIn, temporaryFolder } from '../../support/git.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { build, buildWithDigests, fakeRender, fromDev, opsContext, program } from '../support/fake-ops.ts';
import '../../support/patience.ts';

const commitTo = (bare: string, branch: string, text: string): string =>
  commitByHand(bare, branch, { 'project.ts': text }, text);

/** A remote whose default branch has two commits. */
function remote(branch = 'main'): { readonly bare: string; readonly one: string; readonly two: string } {
  const bare = bareRepository();
  gitIn(bare, 'symbolic-ref', 'HEAD', `refs/heads/${branch}`);
  return { bare, one: commitTo(bare, branch, 'one'), two: commitTo(bare, branch, 'two') };
}

function clone(bare: string, ...options: readonly string[]): string {
  const folder = join(temporaryFolder(), 'clone');
  gitIn('.', 'clone', '--quiet', ...options, `file://${bare}`, folder);
  return folder;
}

const level = (text: string): OpsContext['render'] => fakeRender({ level: text });

/** An ops repository on a host, whose `dev` was rendered by a program of this commit. */
async function renderedBy(commit: string): Promise<OpsContext> {
  const context = await opsContext({ program: program(1, { commit }) });
  await publish(context, { environment: 'dev' });
  const address = `file://${context.bare}`;
  return { ...context, repository: await openOpsRepository({ projectFolder: temporaryFolder(), address }) };
}

interface Attempt {
  readonly folder: string;
  location: Omit<ProgramLocation, 'folder'>;
  allowances: ProgramAllowances;
}

/** Does what a refusal says is next: the command that it quotes, the merge or the setting that it asks for, else its option. */
function follow(next: string, attempt: Attempt): string {
  const [, command] = /"(git [^"]+)"/.exec(next) ?? [];
  const [, merge] = /^merge ([0-9a-f]{12}), which/.exec(next) ?? [];
  const [, branch] = /^write defaultBranch: '([^']+)'/.exec(next) ?? [];
  const run = (line: string): unknown => execFileSync('sh', ['-c', line], { stdio: 'pipe' });
  if (command !== undefined) run(command);
  else if (merge !== undefined || next.startsWith('commit and merge first')) {
    if (merge !== undefined) gitIn(attempt.folder, 'merge', '--quiet', '--no-edit', merge);
    gitIn(attempt.folder, 'push', '--quiet', 'origin', 'HEAD:main');
  } else if (branch !== undefined) attempt.location = { ...attempt.location, defaultBranch: branch };
  else if (next.includes('--allow-older-program')) attempt.allowances = { allowOlderProgram: true };
  else throw new Error(`nothing to follow in: ${next}`);
  return command ?? next;
}

/** Tries to publish, does what the refusal says, and tries again until it passes; the codes of the refusals on the way. */
async function followed(ops: OpsContext, attempt: Attempt): Promise<readonly string[]> {
  const said: string[] = [];
  for (;;) {
    const here = await readProgram({ folder: attempt.folder, ...attempt.location });
    try {
      await publish({ ...ops, program: here, render: level('DEBUG') }, { environment: 'dev', ...attempt.allowances });
      return said;
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      const [{ what, next = '' }] = error.refusals as readonly [Refusal];
      const line = what.split('\n')[0] ?? '';
      // A circle says the same again.
      expect(said).not.toContain(line);
      said.push(line);
      expect(said.length).toBeLessThan(5);
      follow(next, attempt);
    }
  }
}

const publishing = (folder: string, location: Attempt['location'] = {}): Attempt => ({
  folder,
  location,
  allowances: {},
});

describe('a program is refused with a line that works when it is followed', () => {
  test('in a shallow clone: the whole history is fetched', async () => {
    const { bare, one } = remote();
    const said = await followed(await renderedBy(one), publishing(clone(bare, '--depth=1')));

    expect(said).toEqual([expect.stringContaining('nobody knows which is newer; this clone is shallow')]);
  });

  test('in a clone that is behind: it is fetched, then the newer program checked out', async () => {
    const { bare } = remote();
    const folder = clone(bare);
    const three = commitTo(bare, 'main', 'three');

    const said = await followed(await renderedBy(three), publishing(folder));

    expect(said).toEqual([
      expect.stringMatching(/this clone does not have \w{12}, and is behind its remote$/),
      expect.stringMatching(/is older than the one that rendered the branch/),
    ]);
    expect(gitIn(folder, 'rev-parse', 'HEAD')).toBe(three);
  });

  test('in a clone of one branch: the others are fetched, and what is not merged is merged', async () => {
    const { bare } = remote();
    gitIn(bare, 'branch', 'feature', 'main');
    const folder = clone(bare, '--single-branch');
    const ahead = commitTo(bare, 'feature', 'three');

    const said = await followed(await renderedBy(ahead), publishing(folder));

    expect(said).toEqual([
      expect.stringContaining('is behind its remote'),
      expect.stringContaining('is older than the one that rendered the branch'),
    ]);
    expect(gitIn(bare, 'rev-parse', 'main')).toBe(ahead);
  });

  test('where nobody has the commit any more: the option is all that is left', async () => {
    const { bare } = remote();

    const said = await followed(await renderedBy('c'.repeat(40)), publishing(clone(bare)));

    expect(said).toEqual([expect.stringContaining('neither this clone nor any branch of its remote has cccccccccccc')]);
  });

  test('in a clone without a remote: it says that none can be asked', async () => {
    const { bare } = remote();
    const folder = clone(bare);
    gitIn(folder, 'remote', 'remove', 'origin');

    const said = await followed(await renderedBy('c'.repeat(40)), publishing(folder));

    expect(said).toEqual([expect.stringContaining('and has no remote that can be asked')]);
  });

  test("in a clone of a fork: the model's repository is fetched", async () => {
    const { bare } = remote();
    const fork = join(temporaryFolder(), 'fork.git');
    gitIn('.', 'clone', '--quiet', '--bare', bare, fork);
    const folder = clone(fork);
    const three = commitTo(bare, 'main', 'three');
    gitIn(folder, 'config', 'remote.origin.url', 'https://github.com/somebody/shop.git');
    gitIn(folder, 'config', `url.file://${fork}.insteadOf`, 'https://github.com/somebody/shop.git');
    gitIn(folder, 'config', `url.file://${bare}.insteadOf`, 'https://github.com/acme/shop.git');
    const repository = { name: 'shop', url: 'https://github.com/acme/shop.git' };

    const said = await followed(await renderedBy(three), publishing(folder, { repository }));

    expect(said).toEqual([
      expect.stringContaining('this clone is of another repository than https://github.com/acme/shop.git'),
      expect.stringContaining('is older than the one that rendered the branch'),
    ]);
  });

  test('on a branch that left the default one: the default branch is checked out', async () => {
    const { bare, one, two } = remote();
    const folder = clone(bare);
    gitIn(folder, 'switch', '--quiet', '--create', 'feature', one);
    writeFileSync(join(folder, 'other.ts'), 'mine');
    gitIn(folder, 'add', '.');
    gitIn(folder, 'commit', '--quiet', '--message', 'Mine');
    const allowances = { allowUnmerged: true };

    const said = await followed(await renderedBy(two), { ...publishing(folder), allowances });

    expect(said).toEqual([expect.stringContaining('does not descend from the one that rendered the branch')]);
    expect(gitIn(folder, 'rev-parse', 'HEAD')).toBe(two);
  });
});

describe('a program that is not on the default branch is refused with a line that works when it is followed', () => {
  test('where the default branch is another than the model says: the setting is named', async () => {
    const { bare, one } = remote('master');
    const repository = { name: 'shop-delivery', url: 'https://github.com/acme/shop-delivery.git' };
    const ops = await renderedBy(one);

    const said = await followed(ops, publishing(clone(bare), { repository }));

    expect(said).toEqual([
      `the model says that the default branch of the program's repository is "main", and its remote says "master"`,
    ]);
  });

  test('where a branch of the name in the model is there too, and the commit is on the default one alone', async () => {
    const { bare, one } = remote('master');
    gitIn(bare, 'branch', 'main', one);

    expect(await followed(await renderedBy(one), publishing(clone(bare)))).toEqual([
      expect.stringContaining('and its remote says "master"'),
    ]);
  });

  test('and without the remote, by what was cloned', async () => {
    const { bare, one } = remote('master');
    const folder = clone(bare);
    gitIn(folder, 'remote', 'set-url', 'origin', 'file:///nowhere');

    expect(await followed(await renderedBy(one), publishing(folder))).toEqual([
      expect.stringContaining('and its remote says "master"'),
    ]);
  });

  test('in a shallow clone of another branch: the history, then the default branch is fetched', async () => {
    const { bare, one } = remote();
    gitIn(bare, 'branch', 'release', one);

    const said = await followed(await renderedBy(one), publishing(clone(bare, '--depth=1', '--branch=release')));

    expect(said).toEqual([
      expect.stringContaining('this clone is shallow, so nobody knows whether'),
      expect.stringMatching(/is not on main as this clone knows it, and the clone is behind its remote$/),
    ]);
  });

  test('where it was merged meanwhile: the default branch is fetched', async () => {
    const { bare, two } = remote();
    const folder = clone(bare);
    writeFileSync(join(folder, 'project.ts'), 'three');
    gitIn(folder, 'commit', '--quiet', '--all', '--message', 'three');
    gitIn(folder, 'push', '--quiet', `file://${bare}`, 'HEAD:main');

    expect(await followed(await renderedBy(two), publishing(folder))).toEqual([
      expect.stringContaining('the clone is behind its remote'),
    ]);
  });

  test('and where it is simply not merged, by merging it', async () => {
    const { bare, two } = remote();
    const folder = clone(bare);
    writeFileSync(join(folder, 'project.ts'), 'three');
    gitIn(folder, 'commit', '--quiet', '--all', '--message', 'three');

    expect(await followed(await renderedBy(two), publishing(folder))).toEqual([
      expect.stringContaining('is not on its default branch, as far as this clone knows'),
    ]);
  });
});

describe("a release whose order nobody knows is refused with what is true of the source's clone", () => {
  test.each([
    ['shallow', (bare: string) => clone(bare, '--depth=1'), 'this clone is shallow'],
    [
      'behind',
      (bare: string, one: string) => {
        const folder = clone(bare);
        gitIn(folder, 'reset', '--quiet', '--hard', one);
        gitIn(folder, 'update-ref', 'refs/remotes/origin/main', one);
        gitIn(folder, 'reflog', 'expire', '--expire=now', '--all');
        gitIn(folder, 'gc', '--quiet', '--prune=now');
        return folder;
      },
      'is behind its remote',
    ],
  ])('%s, and its line leads on', async (_, made, sentence) => {
    const { bare, one, two } = remote();
    const folder = made(bare, one);
    const ancestry = ancestryIn(folder);
    const context = await opsContext();
    const images = (commit: string): { orders: string; payments: string } => ({
      orders: `acme/orders:${commit}`,
      payments: `acme/payments:${commit}`,
    });
    await promote(context, { ...build(1), source: { kind: 'build', images: images(one) } });
    const asked = { environment: 'dev', source: { kind: 'build' as const, images: images(two) } };

    const error = await promote(context, { ...asked, sources: ancestry }).catch(
      (thrown: unknown) => thrown as OpsError,
    );

    const [refused] = error instanceof OpsError ? error.refusals : [];
    expect(refused?.what).toContain(sentence);
    follow(refused?.next ?? '', publishing(folder));
    expect(await promote(context, { ...asked, sources: ancestryIn(folder) })).toMatchObject({ outcome: 'updated' });
  });

  test('and as no fault of the clone where the names of the versions have no order', async () => {
    const { bare, one } = remote();

    expect(await ancestryIn(clone(bare)).whyUnknown?.([one])).toBeUndefined();
  });
});

describe('a promotion from what another program rendered', () => {
  test('names only ways that are not refused: for an older program the newer one, and not to publish first', async () => {
    const context = await opsContext();
    await promote({ ...context, program: program(3), render: level('THREE') }, buildWithDigests(1));
    const at = (number: number, text: string): Promise<unknown> =>
      promote({ ...context, program: program(number), render: level(text) }, fromDev('v1.1.0')).catch(
        (error: unknown) => (error as OpsError).refusals[0]?.next,
      );

    expect(await at(4, 'FOUR')).toBe(
      'publish dev first, or check out 000000000003; --program HEAD promotes with this program all the same',
    );
    expect(await at(2, 'TWO')).toMatch(/^check out 000000000003, or check out a newer program; --program HEAD/);
    await publish({ ...context, program: program(5), delivery: validDelivery() }, { environment: 'prod' });
    expect(await at(4, 'FOUR')).toMatch(/^publish dev first; --program HEAD/);
    expect(await at(2, 'TWO')).toMatch(/^check out a newer program; --program HEAD/);
  });
});
