import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { environmentOf } from '../../model/delivery.ts';
import { unitsIn } from '../../model/derived/units.ts';
import { readFileAt } from '../../ops/git/read-blobs.ts';
import { git } from '../../ops/git/run-git.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { readReleaseRecord } from '../../ops/release/read-release-record.ts';
import { recordedApplications, RELEASE_FILE } from '../../ops/release/release-record.ts';
import { writeReleaseRecord } from '../../ops/release/write-release-record.ts';
import type { TreeObject } from '../../review/diff/tree-object.ts';
import type { Invocation } from '../command.ts';
import { folderTree } from './folder-tree.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** One commit of the program, checked out aside, that can render any environment. */
export interface ProgramCheckout {
  /** The environment at the releases its branches record; nothing when this commit does not know the environment. */
  render(environment: string): Promise<readonly TreeObject[]>;
}

/**
 * Checks two commits of the program out beside each other, lets `work` render with both, and removes them.
 *
 * @throws UsageError when a commit is not there
 */
export async function withPrograms<T>(
  invocation: Invocation,
  ops: OpsContext,
  revisions: readonly [string, string],
  work: (base: ProgramCheckout, head: ProgramCheckout) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-programs-'));
  try {
    const [base, head] = revisions;
    return await work(
      await checkOut(invocation, ops, join(folder, 'base'), base),
      await checkOut(invocation, ops, join(folder, 'head'), head),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checkOut(
  { projectFolder, packageFolder }: Invocation,
  { repository, delivery }: OpsContext,
  folder: string,
  revision: string,
): Promise<ProgramCheckout> {
  mkdirSync(folder);
  const top = (await git(['rev-parse', '--show-prefix'], { folder: projectFolder })).toString('utf8').trim();
  const archive = join(folder, 'program.tar');
  await git(
    ['archive', '--format=tar', '--output', archive, '--end-of-options', await commitOf(projectFolder, revision), '.'],
    { folder: projectFolder },
  );
  const program = join(folder, 'program');
  mkdirSync(program);
  await execa('tar', ['-xf', archive, '-C', program]);
  const root = existsSync(join(program, 'project.ts')) ? program : join(program, top);
  if (!existsSync(join(root, 'node_modules')))
    symlinkSync(join(projectFolder, 'node_modules'), join(root, 'node_modules'));
  // A commit of Portolan's own repository renders with the Portolan of that commit, whose launcher had another name once; elsewhere Portolan is a dependency.
  const launcher =
    [join(root, 'bin', 'portolan.cjs'), join(root, 'bin', 'portolan.mjs')].find(existsSync) ??
    join(packageFolder, 'bin', 'portolan.cjs');
  return {
    async render(environment) {
      const records = await Promise.all(
        unitsIn(delivery, environmentOf(delivery, environment)).map(async ({ branch }) => {
          const tip = await repository.tip(branch);
          return tip === undefined ? undefined : readFileAt(repository.gitDir, tip, RELEASE_FILE);
        }),
      );
      const record = oneRecord(records.filter((text) => text !== undefined));
      const release = join(folder, `${environment}.yaml`);
      if (record !== undefined) writeFileSync(release, record);
      const output = join(folder, 'rendered');
      const args = [
        launcher,
        'synth',
        '--unchecked',
        '--environment',
        environment,
        '--output',
        output,
        ...(record === undefined ? [] : ['--release', release]),
      ];
      const { exitCode, stderr } = await execa(process.execPath, args, {
        cwd: root,
        reject: false,
        // Nothing of a checkout that is removed again is worth keeping.
        env: { CDK8S_OUTDIR: '', CI: 'true' },
      });
      if (exitCode === 2 && stderr.includes(`there is no environment "${environment}"`)) return [];
      if (exitCode !== 0)
        throw new Error(
          `portolan: the program at ${revision} cannot render ${environment}\n${stderr.replace(/^/gm, '  ')}`,
        );
      return folderTree(join(output, environment));
    },
  };
}

/** The release files of an environment's branches as one: any commit of the program can read it. */
function oneRecord(texts: readonly string[]): string | undefined {
  if (texts.length < 2) return texts[0];
  const records = texts.map((text) => readReleaseRecord(text));
  const [first] = records;
  return first === undefined
    ? undefined
    : writeReleaseRecord({ ...first, applications: recordedApplications(records) });
}

async function commitOf(folder: string, revision: string): Promise<string> {
  try {
    return (await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], { folder }))
      .toString('utf8')
      .trim();
  } catch {
    throw new UsageError(
      `--program: ${revision} is not a commit of the program here; fetch its history first ("git fetch --unshallow", or fetch-depth: 0)`,
    );
  }
}
