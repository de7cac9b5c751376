import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secondsOf } from './promotion.ts';

/** Who reads the history of one environment, in processor seconds: Portolan, and Git, which writes what each commit changed of the release file. */
export interface Readers {
  /** As often as anybody asks: a call before kept what it read. */
  readonly byPortolan: () => number;
  /** Without what is kept. */
  readonly byPortolanAnew: () => number;
  readonly byGit: () => number;
}

const WRITER = 'bench <bench@localhost>';

const idOf = (type: string, bytes: Buffer): string =>
  createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');

/**
 * Publishes an environment of the project in `root` to a repository of its own, adds promotions as a workflow makes them, and hands both
 * readers to `use`.
 *
 * @param count - how many promotions
 */
export function withReaders<Result>(
  root: string,
  environment: string,
  count: number,
  use: (readers: Readers) => Result,
): Result {
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const ops = join(scratch, 'ops.git');
  const branch = `env/${environment}`;
  try {
    secondsOf(`git init --quiet --bare ${ops}`, scratch);
    secondsOf(`node bin/portolan.cjs publish ${environment} --ops ${ops} --allow-unmerged`, root);
    addPromotions(ops, branch, count);
    secondsOf(`git --git-dir ${ops} repack -adq`, scratch);
    const history = (more: string): number =>
      secondsOf(`node bin/portolan.cjs history ${environment} --ops ${ops}${more} > ${scratch}/said`, root);
    return use({
      byPortolan: () => history(''),
      byPortolanAnew: () => history(' --no-cache'),
      byGit: () =>
        secondsOf(`git --git-dir ${ops} log --patch --format=fuller ${branch} -- release.yaml > ${scratch}/said`, root),
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Writes promotions of every image, each to a tag of its own; each names the commit that it follows, whose id is worked out here. */
function addPromotions(ops: string, branch: string, count: number): void {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['--git-dir', ops, ...args], { encoding: 'utf8' });
  const first = git('rev-parse', branch).trim();
  const text = git('show', `${branch}:release.yaml`);
  const [before] = text.split(/^origin:/m);
  const entries = git('ls-tree', branch)
    .trim()
    .split('\n')
    .map((line) => /^0*(\d+) \w+ (\w+)\t(.*)$/.exec(line)?.slice(1) as [string, string, string]);
  const commits: string[] = [];
  let [follows, release] = [first, 'a release'];
  for (let i = 1; i <= count; i++) {
    const seconds = 1_750_000_000 + i * 3600;
    const tag = idOf('blob', Buffer.from(`${i}`));
    const file = [
      (before ?? '').replaceAll(/(tag|commit): "[0-9a-f]{40}"/g, `$1: "${tag}"`),
      'origin:\n  kind: "build"\nchange:\n  kind: "promote"\n  by: "deploy-bot"\n  automatic: true\n',
      `  run: "https://github.com/acme/shop/actions/runs/${i}"\n`,
      `  at: "${new Date(seconds * 1000).toISOString().replace('.000', '')}"\n`,
      `  follows:\n    release: "${release}"\n    commit: "${follows}"\n`,
    ].join('');
    const written = idOf('blob', Buffer.from(file));
    const tree = Buffer.concat(
      entries.flatMap(([mode, id, name]) => [
        Buffer.from(`${mode} ${name}\0`),
        Buffer.from(name === 'release.yaml' ? written : id, 'hex'),
      ]),
    );
    const people = `author ${WRITER} ${seconds} +0000\ncommitter ${WRITER} ${seconds} +0000\n`;
    const message = `Promote ${tag}\n`;
    const from = i === 1 ? `from ${first}\n` : '';
    commits.push(
      `commit refs/heads/${branch}\n${people}data ${message.length}\n${message}${from}`,
      `M 100644 inline release.yaml\ndata ${Buffer.byteLength(file)}\n${file}\n`,
    );
    follows = idOf('commit', Buffer.from(`tree ${idOf('tree', tree)}\nparent ${follows}\n${people}\n${message}`));
    release = tag.slice(0, 12);
  }
  execFileSync('git', ['--git-dir', ops, 'fast-import', '--quiet'], { input: commits.join('') });
  const tip = git('rev-parse', branch).trim();
  if (tip !== follows) throw new Error(`the branch ends at ${tip}, and ${follows} was worked out`);
}
