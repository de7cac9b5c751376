import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { versionJob } from '../../../src/builders/github-actions/version-job.ts';
import type { Job } from '../../../src/hosts/workflow/workflow.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import '../../support/patience.ts';

const withScheme = (scheme: Delivery['artifacts'][number]['scheme']): Delivery => ({
  ...validDelivery(),
  artifacts: validDelivery().artifacts.map((artifact) => ({ ...artifact, scheme })),
});

const jobOf = (delivery: Delivery): Job | undefined => versionJob(delivery, delivery.supplies);

/** GitHub's answers about one repository, which makes a tag that is there already no second time. */
const gh = `#!/usr/bin/env bash
set -euo pipefail
case "$*" in
  *matching-refs*) git -C "$HOST" for-each-ref --format='%(refname:lstrip=2) %(objectname)' "refs/tags/$TAG_PREFIX*" ;;
  *compare/*)
    range=$(sed -E 's#.*/compare/([^ ]+) .*#\\1#' <<< "$*")
    from=$(git -C "$HOST" rev-parse "\${range%...*}^{commit}"); to=$(git -C "$HOST" rev-parse "\${range#*...}^{commit}")
    if [ "$from" = "$to" ]; then echo identical
    elif git -C "$HOST" merge-base --is-ancestor "$from" "$to"; then echo ahead
    elif git -C "$HOST" merge-base --is-ancestor "$to" "$from"; then echo behind
    else echo diverged; fi ;;
  *git/refs*)
    ref=$(sed -E 's#.*ref=([^ ]+).*#\\1#' <<< "$*"); sha=$(sed -E 's#.*sha=([^ ]+).*#\\1#' <<< "$*")
    git -C "$HOST" update-ref "$ref" "$sha" 0000000000000000000000000000000000000000 ;;
  *) exit 1 ;;
esac
`;

/** A repository at its host, whose commits have these messages, the oldest first. */
function source(messages: readonly string[]) {
  const folder = temporaryFolder();
  const bin = join(folder, 'bin');
  const host = join(folder, 'host');
  mkdirSync(bin);
  for (const [name, text] of [
    ['gh', gh],
    ['sleep', '#!/usr/bin/env bash\n'],
  ] as const) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  gitIn(folder, 'init', '--quiet', '--initial-branch', 'main', host);
  const commits = messages.map((message) => {
    gitIn(host, 'commit', '--quiet', '--allow-empty', '-m', message);
    return gitIn(host, 'rev-parse', 'HEAD').trim();
  });
  /** What the job decides for a commit, as its checkout was when it began. @default the image tag has no prefix */
  const decided = async (commit: string, prefix = ''): Promise<string> => {
    const job = jobOf(withScheme({ kind: 'semver', ...(prefix === '' ? {} : { prefix }) }));
    const step = job?.steps.at(-1);
    if (step === undefined || !('run' in step)) throw new Error('the job decides nothing');
    const output = join(temporaryFolder(), 'output');
    writeFileSync(output, '');
    await promisify(execFile)('bash', ['-c', step.run], {
      cwd: host,
      env: {
        ...process.env,
        PATH: `${bin}:${process.env['PATH'] ?? ''}`,
        ...step.env,
        HOST: host,
        REPOSITORY: 'acme/shop',
        COMMIT: commit,
        GITHUB_OUTPUT: output,
      },
    });
    return readFileSync(output, 'utf8').trim();
  };
  const tags = (): readonly string[] =>
    gitIn(host, 'for-each-ref', '--format=%(refname:lstrip=2) %(objectname)', 'refs/tags')
      .trim()
      .split('\n')
      .filter(Boolean);
  return { commits, decided, tags, host };
}

describe('the version of a build', () => {
  test('is decided where images have semantic versions, by a job that runs nothing of the source', () => {
    const job = jobOf(withScheme({ kind: 'semver' }));

    expect(job).toMatchObject({ permissions: { contents: 'write' } });
    expect(job?.environment).toBeUndefined();
    expect(jobOf(validDelivery())).toBeUndefined();
  });

  test.each([
    ['nothing of it', 'Mend the door', 'v1.2.10'],
    ['a fix', 'fix: mend the door', 'v1.2.10'],
    ['a feature', 'feat: a window', 'v1.3.0'],
    ['a feature of a part', 'feat(house): a window', 'v1.3.0'],
    ['a break by its mark', 'feat(house)!: no door', 'v2.0.0'],
    ['a break by its footer', 'fix: a door\n\nBREAKING CHANGE: it opens outwards', 'v2.0.0'],
  ])('follows the newest one, by number and not by letters, as the commits since say: %s', async (_, message, tag) => {
    const { commits, decided, tags, host } = source(['feat: long ago', 'fix: before', message, 'Merge']);
    gitIn(host, 'tag', 'v1.2.8', commits[0]!);
    // As people tag, with a message.
    gitIn(host, 'tag', '-a', '-m', 'nine', 'v1.2.9', commits[1]!);
    gitIn(host, 'tag', 'v2-beta', commits[0]!);

    expect(await decided(commits[3]!)).toBe(`version=${tag.slice(1)}`);
    expect(tags()).toContain(`${tag} ${commits[3]!}`);
  });

  test('begins with 1.0.0, and the image has the prefix of its scheme', async () => {
    const { commits, decided, tags } = source(['feat: begin']);

    expect(await decided(commits[0]!, 'release-')).toBe('version=release-1.0.0');
    expect(tags()).toEqual([`v1.0.0 ${commits[0]!}`]);
  });

  test('stays when the job runs again, and is none for a commit whose successor has one', async () => {
    const { commits, decided, tags } = source(['feat: begin', 'fix: a', 'fix: b']);

    expect(await decided(commits[0]!)).toBe('version=1.0.0');
    expect(await decided(commits[2]!)).toBe('version=1.0.1');
    expect(await decided(commits[0]!)).toBe('version=1.0.0');
    expect(await decided(commits[1]!)).toBe('');
    expect(tags()).toHaveLength(2);
  });

  test('is never that of another commit, however many are merged at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('fix: x', 'feat: y', 'z'), { minLength: 2, maxLength: 4 }),
        async (messages) => {
          const { commits, decided, tags } = source(messages);

          const versions = (await Promise.all(commits.map((commit) => decided(commit)))).filter(
            (version) => version !== '',
          );

          expect(new Set(versions).size).toBe(versions.length);
          expect(
            tags()
              .map((line) => `version=${line.split(' ')[0]!.slice(1)}`)
              .sort(),
          ).toEqual([...versions].sort());
          expect(versions.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 3 },
    );
  });

  test('fails where the host does not answer, and is not taken for the first one', async () => {
    const { commits, decided, tags, host } = source(['feat: begin', 'fix: a']);
    gitIn(host, 'tag', 'v1.0.0', commits[0]!);
    writeFileSync(join(host, '..', 'bin', 'gh'), '#!/usr/bin/env bash\nexit 1\n');

    await expect(decided(commits[1]!)).rejects.toThrow();
    expect(tags()).toEqual([`v1.0.0 ${commits[0]!}`]);
  });
});
