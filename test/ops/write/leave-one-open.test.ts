import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { openLocalRepository } from '../../../src/ops/repository/local-repository.ts';
import { openOpsRepository } from '../../../src/ops/repository/open-ops-repository.ts';
import { gitHubPullRequests } from '../../../src/clients/github/pull-requests.ts';
import type { PullRequests } from '../../../src/hosts/pull-requests.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { temporaryFolder } from '../../support/git.ts';
import { fromDev, opsContext } from '../support/fake-ops.ts';
import { gatedOps } from '../support/gated-ops.ts';
import fc from '../../support/properties.ts';
import '../../support/patience.ts';

let github: FakeGitHub;
let template: string;

beforeAll(async () => {
  template = (await gatedOps()).bare;
});
beforeEach(async () => {
  github = await FakeGitHub.start();
});
afterEach(async () => github.stop());

/** An ops repository of its own, whose `prod` is gated. */
function repository(): string {
  const bare = join(temporaryFolder(), 'ops.git');
  cpSync(template, bare, { recursive: true });
  github.pulls.length = 0;
  return bare;
}

/** Lets nobody go on before so many have come. */
function meeting(count: number): () => Promise<void> {
  let missing = count;
  let open = (): void => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (--missing <= 0) open();
    return all;
  };
}

/**
 * Pull requests whose every request waits a while first.
 *
 * @param meet - what the first list of a run waits for after it was read
 */
function slowly(delays: readonly number[], meet: () => Promise<void>): PullRequests {
  const host = gitHubPullRequests({
    owner: 'acme',
    repository: 'shop-ops',
    token: 'app-token',
    baseUrl: github.baseUrl,
    throttled: false,
  });
  let asked = 0;
  const wait = (): Promise<void> => new Promise((done) => setTimeout(done, delays[asked++ % delays.length]));
  return {
    listOpen: async (base) => {
      await wait();
      const isFirst = asked === 1;
      const open = await host.listOpen(base);
      if (isFirst) await meet();
      return open;
    },
    newestDeclined: (head, base) => wait().then(() => host.newestDeclined(head, base)),
    ensure: (head, base, text) => wait().then(() => host.ensure(head, base, text)),
    close: (pullRequest, comment) => wait().then(() => host.close(pullRequest, comment)),
  };
}

interface Run {
  readonly context: OpsContext;
  readonly tag: string;
}

/** What became of each run, by tag. */
const together = async (runs: readonly Run[]): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    await Promise.all(
      runs.map(async ({ context, tag }) => [tag, (await promote(context, fromDev(tag))).outcome] as const),
    ),
  );

const openHeads = (): readonly string[] => github.pulls.filter(({ state }) => state === 'open').map(({ head }) => head);

/** In the order of versions, which is not that of texts. */
const tags = ['v1.1.0', 'v1.2.0', 'v1.9.0', 'v1.10.0'];

describe('tags that are promoted at once', () => {
  test('leave one pull request open, that of the newest, however their runs fall together', async () => {
    const run = fc.record({ delays: fc.array(fc.nat(25), { minLength: 4, maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(tags, { minLength: 2 }),
        fc.tuple(run, run, run, run),
        fc.boolean(),
        async (chosen, drawn, meets) => {
          const bare = repository();
          const meet = meets ? meeting(chosen.length) : () => Promise.resolve();
          const runs = await Promise.all(
            chosen.map(async (tag, i) => ({
              tag,
              context: {
                ...(await opsContext({ bare, repository: await openLocalRepository({ path: bare }) })),
                pullRequests: slowly(drawn[i]?.delays ?? [0], meet),
              },
            })),
          );

          const outcomes = await together(runs);

          const newest = chosen.toSorted((a, b) => tags.indexOf(a) - tags.indexOf(b)).at(-1) ?? '';
          expect(openHeads()).toEqual([`promote/prod/${newest}`]);
          expect(outcomes[newest]).toBe('proposed');
          for (const { comments } of github.pulls.filter(({ state }) => state === 'closed'))
            expect(comments.join('\n')).toContain('Superseded by https://github.example/pull/');
        },
      ),
      { numRuns: 5 },
    );
  });

  test.each([tags, tags.toReversed()])(
    'leave one pull request open when each comes from another machine and finishes in the order %s, %s, %s, %s',
    async (...order) => {
      const bare = repository();
      const meet = meeting(order.length);
      const runs = await Promise.all(
        order.map(async (tag, i) => ({
          tag,
          context: {
            ...(await opsContext({
              bare,
              repository: await openOpsRepository({ projectFolder: temporaryFolder(), address: `file://${bare}` }),
            })),
            pullRequests: slowly([i * 30], meet),
          },
        })),
      );

      await together(runs);

      expect(openHeads()).toEqual(['promote/prod/v1.10.0']);
    },
  );

  test('leave one open where each run may replace what is newer, so that each closes the other', async () => {
    const bare = repository();
    const meet = meeting(2);
    const ends = await Promise.all(
      ['v1.1.0', 'v1.2.0'].map(async (tag) =>
        promote(
          {
            ...(await opsContext({ bare, repository: await openLocalRepository({ path: bare }) })),
            pullRequests: slowly([5], meet),
          },
          { ...fromDev(tag), allowOlder: true },
        ),
      ),
    );

    expect(openHeads()).toHaveLength(1);
    expect(ends.map(({ outcome }) => outcome)).toContain('proposed');
  });
});
