import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { severalApplications } from '../support/several-applications.ts';
import { contextFor, planted } from './support/stack-context.ts';
import { changedBetween, listed, runStack, type Run } from './support/run-stack.ts';
import '../support/patience.ts';

const stackOf = (delivery: Delivery, stack: string): Promise<Run> =>
  runStack(
    contextFor(stack, {
      delivery,
      bootstrap: (environment) => {
        const release = delivery.initialReleases[environment.name] ?? { images: {} };
        const settings = { opsRepository: 'https://github.com/acme/shop-ops.git' };
        const { objects } = renderEnvironment(delivery, environment, release, settings);
        return Promise.resolve(objects.filter(({ path }) => path.startsWith('bootstrap/')).map(({ object }) => object));
      },
      secrets: new StackSecrets({
        'ops-read': planted.deployKey,
        [`promotion-${stack}`]: planted.privateKey,
        ...(stack === 'prod' ? { 'bank-token': planted.bank } : {}),
      }),
    }),
  );

describe('the stack of an environment with several applications', () => {
  test('has a branch of each, with the rulesets of its own gate, beside that of what they share', async () => {
    const run = listed(await stackOf(severalApplications(['shop', 'bank']), 'prod'));

    const branches = run.filter(([type]) => type === 'github:Branch');
    expect(branches.map(([, name, { branch }]) => [name, branch])).toEqual([
      ['prod', 'env/prod'],
      ['prod-bank', 'app/prod/bank'],
      ['prod-shop', 'app/prod/shop'],
    ]);
    const writers = run.filter(([type, name]) => type === 'github:RepositoryRuleset' && name.endsWith('-writers'));
    expect(
      writers.map(([, name, { rules, conditions }]) => [
        name,
        (conditions as { readonly refName: { readonly includes: unknown } }).refName.includes,
        (rules as { readonly pullRequest?: { readonly requiredApprovingReviewCount?: number } }).pullRequest
          ?.requiredApprovingReviewCount,
      ]),
    ).toEqual([
      ['prod-bank-writers', ['refs/heads/app/prod/bank'], 2],
      ['prod-shop-writers', ['refs/heads/app/prod/shop'], 1],
      ['prod-writers', ['refs/heads/env/prod'], 2],
    ]);
  });

  test('re-creates nothing when an application gets neighbours: it adds, and lets the first follow its new branch', async () => {
    const before = await stackOf(severalApplications(['shop']), 'dev');
    const after = await stackOf(severalApplications(['shop', 'bank']), 'dev');

    const names = (run: Run): readonly string[] => listed(run).map(([type, name]) => `${type} ${name}`);
    expect(names(before).filter((name) => !names(after).includes(name))).toEqual([]);
    const added = names(after).filter((name) => !names(before).includes(name));
    expect(added.map((name) => name.replace(/^.*:/, ''))).toEqual([
      'Branch dev-bank',
      'Branch dev-shop',
      'RepositoryRuleset dev-bank-history',
      'RepositoryRuleset dev-bank-writers',
      'RepositoryRuleset dev-shop-history',
      'RepositoryRuleset dev-shop-writers',
      'Application shop-dev-bank',
    ]);
    expect(
      changedBetween(before, after).filter((name) => !added.some((it) => it.endsWith(name.split(' ')[1] ?? ''))),
    ).toEqual(['Application shop-dev']);
  });
});
