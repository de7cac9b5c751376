import { describe, expect, test } from '@jest/globals';
import { unitOf } from '../../src/model/derived/units.ts';
import { actionsEnvironmentsOf } from '../../src/model/derived/actions-environments.ts';
import { guardedBranches } from '../../src/workflows/guard/guarded-branches.ts';
import { lackingCredentials } from '../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows, unitWorkflows } from '../../src/workflows/workflows-of.ts';
import { severalApplications } from '../support/several-applications.ts';
import { withStage } from '../support/valid-delivery.ts';

const delivery = severalApplications(['shop', 'bank']);
const verifyOf = (environment: string, application?: string): string =>
  [
    ...unitWorkflows(
      delivery,
      unitOf(delivery, { environment, ...(application === undefined ? {} : { application }) }),
    ).values(),
  ].join('\n');
const files = repositoryWorkflows(delivery)['shop'] ?? new Map<string, string>();

describe('the workflows of applications that move apart', () => {
  test('lack no credential', () => {
    expect(lackingCredentials(delivery)).toEqual([]);
  });

  test('promote each by its name, each in a job of its own', () => {
    const deliver = files.get('.github/workflows/portolan-deliver-images.yaml') ?? '';

    expect(deliver).toMatch(/^ {2}promote-dev-shop:$/m);
    expect(deliver).toMatch(/^ {2}promote-dev-bank:$/m);
    expect(deliver).toContain('portolan promote dev --application shop --ops "$OPS_REPOSITORY"');
    expect(deliver).toContain('portolan promote dev --application bank --ops "$OPS_REPOSITORY"');
  });

  test('publish all of an environment in one job', () => {
    const publish = files.get('.github/workflows/portolan-publish-program.yaml') ?? '';

    expect(publish.match(/portolan publish \S+ --ops/g)).toEqual(
      ['dev', 'qa', 'prod'].map((environment) => `portolan publish ${environment} --ops`),
    );
  });

  test('take a tagged release from the environment of the stage before, whatever that stage is called', () => {
    const tagged = withStage(delivery, 'prod-bank', (stage) => ({
      ...stage,
      triggers: [{ on: 'gitTag', repository: 'shop', pattern: 'v*' }],
      versions: { kind: 'semver', prefix: 'v' },
    }));
    const registry = delivery.credentials.find(({ name }) => name === 'registry')!;
    const store = { ...registry.store, environment: 'prod' } as typeof registry.store;
    const credentials = [...tagged.credentials, { ...registry, name: 'registry-prod', store }];
    const release =
      repositoryWorkflows({ ...tagged, credentials })['shop']?.get(
        '.github/workflows/portolan-release-prod-bank.yaml',
      ) ?? '';

    expect(release).toContain('portolan promote prod --application bank');
    expect(release).toContain('--from qa ');
    expect(release).not.toContain('--from qa-bank');
  });

  test('verify a pull request on the branch that it goes to', () => {
    expect(verifyOf('prod', 'bank')).toContain('app/prod/bank');
    expect(verifyOf('prod', 'bank')).toContain('portolan verify prod --application bank --ops ../ops.git');
    expect(verifyOf('prod', 'bank')).toContain('portolan diff prod --application bank --ops ../ops.git --revisions');
    expect(verifyOf('prod')).toContain('portolan verify prod --ops ../ops.git');
    expect(verifyOf('prod')).not.toContain('app/prod');
  });

  test('guard every branch that takes pull requests alone, each with the proposals of its own unit', () => {
    const ops = delivery.repositories.find(({ name }) => name === 'shop-ops')!;
    const guarded = guardedBranches(delivery, ops, (unit) => unitWorkflows(delivery, unit));

    expect(Object.entries(guarded).map(([branch, { prefix, promoter }]) => [branch, prefix, promoter])).toEqual([
      ['env/prod', 'promote/prod/', 'promoter[bot]'],
      ['app/prod/shop', 'promote/prod/shop/', 'promoter[bot]'],
      ['app/prod/bank', 'promote/prod/bank/', 'promoter[bot]'],
    ]);
  });

  test('may use the secrets of an environment from each of its branches of the ops repository', () => {
    const kept = {
      ...delivery,
      credentials: [
        ...delivery.credentials,
        {
          name: 'ops-dev',
          purpose: 'gitRead' as const,
          holder: 'a workflow',
          store: { kind: 'githubActions' as const, repository: 'shop-ops', environment: 'dev', keys: ['TOKEN'] },
          scope: 'reads',
        },
      ],
    };

    expect(
      actionsEnvironmentsOf(kept, 'dev').find(({ repository }) => repository.name === 'shop-ops')?.branches,
    ).toEqual(['env/dev', 'app/dev/shop', 'app/dev/bank']);
  });
});
