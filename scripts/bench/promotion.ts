import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What moves the images of one environment, in processor seconds: Portolan, and somebody who does it with Git by hand. */
export interface Movers {
  readonly byPortolan: () => number;
  readonly byHand: () => number;
}

/** The images that a branch says it runs. */
interface Release {
  readonly applications: Readonly<
    Record<string, { readonly images: Readonly<Record<string, { readonly repository: string }>> }>
  >;
}

const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost'].join(' ');

/** Runs a line of a shell; the processor seconds are those of every process in it. */
export function secondsOf(line: string, cwd: string): number {
  const timed = `TIMEFORMAT='seconds %U %S'; time { ${line}; }`;
  const { status, stderr } = spawnSync('bash', ['-c', timed], { cwd, encoding: 'utf8' });
  const [, user, system] = /seconds ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  if (status !== 0 || user === undefined || system === undefined) throw new Error(`${line} failed: ${stderr}`);
  return Number(user) + Number(system);
}

/**
 * Publishes an environment of the project in `root` to a repository of its own, and hands both ways of moving all its images on to `use`.
 * Each move begins with the repository as it was published, and is to another tag.
 */
export function withMovers<Result>(root: string, environment: string, use: (movers: Movers) => Result): Result {
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const [published, ops, clone] = ['published.git', 'ops.git', 'clone'].map((name) => join(scratch, name)) as [
    string,
    string,
    string,
  ];
  const branch = `env/${environment}`;
  try {
    // In a checkout that nobody looked at since it was made, Git reads every file to see whether it changed, at every promotion.
    secondsOf('git status --short > /dev/null', root);
    secondsOf(`git init --quiet --bare ${published}`, scratch);
    secondsOf(`node bin/portolan.cjs publish ${environment} --ops ${published} --allow-unmerged`, root);
    const shown = spawnSync('git', ['--git-dir', published, 'show', `${branch}:release.yaml`], { encoding: 'utf8' });
    const images = Object.values((parse(shown.stdout) as Release).applications).flatMap((it) =>
      Object.entries(it.images),
    );
    let moves = 0;
    const nextTag = (): string => {
      rmSync(ops, { recursive: true, force: true });
      rmSync(clone, { recursive: true, force: true });
      cpSync(published, ops, { recursive: true });
      return String(++moves).padStart(40, '0');
    };
    return use({
      byPortolan() {
        const tag = nextTag();
        const given = images.map(([service, { repository }]) => `--image ${service}=${repository}:${tag}`).join(' ');
        const options = `--ops ${ops} --no-resolve --allow-older --allow-unmerged`;
        return secondsOf(`node bin/portolan.cjs promote ${environment} ${options} ${given}`, root);
      },
      byHand() {
        const tag = nextTag();
        const edits = images.map(([, { repository }]) => `-e 's#${repository}:[^"]*#${repository}:${tag}#'`).join(' ');
        return secondsOf(
          [
            `git clone --quiet --single-branch --branch ${branch} ${ops} ${clone}`,
            `cd ${clone}`,
            `find manifests -name '*.yaml' | xargs sed -i ${edits}`,
            `git ${author} commit --quiet --all --message 'Move the images'`,
            'git push --quiet',
          ].join(' && '),
          scratch,
        );
      },
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
