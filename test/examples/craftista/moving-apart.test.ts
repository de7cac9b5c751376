import { describe, expect, test } from '@jest/globals';
import { unitsOf } from '../../../src/model/derived/units.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { digestOf, opsContext, refusal } from '../../ops/support/fake-ops.ts';
import { FakePullRequests } from '../../ops/support/fake-pull-requests.ts';
import { renderOf } from '../../ops/support/several-ops.ts';
import { bareRepository, commitByHand, filesOf, gitIn } from '../../support/git.ts';
import '../../support/patience.ts';
import { byWorkflows, places } from './example.ts';

/** One application in the three environments as it starts; what is gated is proposed, and merged. */
async function published(application: string, delivery = byWorkflows()) {
  const bare = bareRepository();
  for (const { branch } of unitsOf(delivery).filter((unit) =>
    ['frontend', application].includes(unit.application ?? ''),
  ))
    commitByHand(bare, branch, { 'README.md': '# first\n' });
  const pullRequests = new FakePullRequests(bare);
  const context = { ...(await opsContext({ delivery, bare, render: renderOf(delivery) })), pullRequests };
  for (const environment of places) await publish(context, { environment, application });
  for (const { number } of await pullRequests.listOpen()) pullRequests.merge(number);
  await context.repository.refresh();
  return context;
}

/** Where every branch stands. */
const tips = ({ bare }: { readonly bare: string }): ReadonlyMap<string, string> =>
  new Map(
    gitIn(bare, 'for-each-ref', '--format=%(refname:lstrip=2) %(objectname)', 'refs/heads/app', 'refs/heads/env')
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );

const to = (environment: string, source: PromoteOptions['source']): PromoteOptions => ({
  environment,
  application: 'voting',
  source,
  resolveDigest: (reference) => Promise.resolve(digestOf(reference)),
  healthOf: () => Promise.resolve({ health: 'Healthy' }),
});

const built = (tag: string): PromoteOptions['source'] => ({
  kind: 'build',
  images: { voting: `nitheesh86/microservice-voting:${tag}` },
});

const from = (environment: string): PromoteOptions['source'] => ({ kind: 'environment', environment });

describe('a service that is promoted by workflows', () => {
  test('moves its own branch alone, from one environment into the next, and into prod by a pull request', async () => {
    const context = await published('voting');
    const moved = async (options: PromoteOptions): Promise<readonly string[]> => {
      const before = tips(context);
      const { pullRequest } = await promote(context, options);
      if (pullRequest !== undefined) {
        expect(tips(context)).toEqual(before);
        context.pullRequests.merge(pullRequest.number);
        await context.repository.refresh();
      }
      return [...tips(context)].flatMap(([branch, tip]) => (tip === before.get(branch) ? [] : [branch]));
    };

    expect(await moved(to('dev', built('1.1.0')))).toEqual(['app/dev/voting']);
    expect(await moved(to('staging', from('dev')))).toEqual(['app/staging/voting']);
    expect(await moved(to('prod', from('staging')))).toEqual(['app/prod/voting']);

    const record = readReleaseRecord(filesOf(context.bare, 'app/prod/voting').get('release.yaml') ?? '');
    expect(record.applications['voting']?.images['voting']).toMatchObject({
      tag: '1.1.0',
      digest: digestOf('nitheesh86/microservice-voting:1.1.0'),
    });
    for (const environment of places)
      expect(await verify(context, { environment, application: 'voting' })).toMatchObject({
        release: '1.1.0',
        differing: [],
        strays: [],
      });
  });

  test('fails to enter staging before dev had it, and below what its range allows', async () => {
    const context = await published('voting');

    expect(await refusal(promote(context, to('staging', built('1.1.0'))))).toContain(
      'staging/voting takes what voting-dev verified, not builds such as nitheesh86/microservice-voting:1.1.0',
    );
    expect(await refusal(promote(context, to('dev', built('0.9.0'))))).toContain('1.0.0');
    expect(await refusal(promote(context, to('dev', built('latest'))))).toContain('latest');
  });
});

describe('a database that has no versions', () => {
  test('is published, and told apart by the program alone', async () => {
    const context = await published('catalogue-db');

    const statuses = await readStatus(context, context.delivery.environments);
    expect(
      statuses.flatMap(({ application, published: at }) => (application === 'catalogue-db' ? [at?.release] : [])),
    ).toEqual(['program', 'program', 'program']);
  });

  test('fails to be promoted, and is told what brings it in', async () => {
    const context = await published('catalogue-db');

    expect(await refusal(promote(context, { ...to('dev', built('1.1.0')), application: 'catalogue-db' }))).toBe(
      `portolan: dev/catalogue-db was not promoted
  dev/catalogue-db runs no artifact, so that the program alone changes it
    next: npx portolan publish dev --application catalogue-db`,
    );
  });
});
