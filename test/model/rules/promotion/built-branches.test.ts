import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { Repository } from '../../../../src/model/repository.ts';
import { builtBranches } from '../../../../src/model/rules/promotion/built-branches.ts';
import type { Supply } from '../../../../src/model/supply.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const withSupply = (change: Partial<Supply>, repository: Partial<Repository> = {}): Delivery => ({
  ...validDelivery(),
  repositories: validDelivery().repositories.map((it) => (it.name === 'shop' ? { ...it, ...repository } : it)),
  supplies: validDelivery().supplies.map((supply) => ({ ...supply, ...change })),
});
const pushTo = (...branches: readonly string[]): Pick<Supply, 'triggers'> => ({
  triggers: [{ on: 'push', repository: 'shop', branches }],
});

describe('a supply builds the default branch', () => {
  test('passes for the default one, for any branch at all, and for another with a reason', () => {
    const deliveries: Readonly<Record<string, Delivery>> = {
      'main, when nothing else is said': withSupply(pushTo('main')),
      'a pattern that it passes': withSupply(pushTo('release/*', 'ma*')),
      'as the repository names it': withSupply(pushTo('trunk'), { defaultBranch: 'trunk' }),
      'any branch but the default one, which is said elsewhere': withSupply({
        triggers: [{ on: 'push', repository: 'shop', branches: ['**'], branchesIgnore: ['main'] }],
        buildsUnmerged: true,
      }),
      'every pull request': withSupply({ triggers: [{ on: 'pullRequest', repository: 'shop' }] }),
      'another with a reason': withSupply({
        ...pushTo('release/2'),
        branchReason: 'version 2 is what customers run',
      }),
      'a repository that is not declared, which is told elsewhere': withSupply({
        triggers: [{ on: 'push', repository: 'elsewhere', branches: ['x'] }],
      }),
    };

    const wrong = Object.entries(deliveries).flatMap(([what, delivery]) =>
      told(builtBranches, delivery).map((problem) => `${what}: ${problem}`),
    );

    expect(wrong).toEqual([]);
  });

  test('fails for another branch without a reason, at each trigger', () => {
    const message =
      'leave out main, the default branch of repositories.shop; write "main", or say which is the default as its defaultBranch, or say why as branchReason of the supply';

    expect(
      told(
        builtBranches,
        withSupply({
          triggers: [
            { on: 'push', repository: 'shop', branches: ['master'] },
            { on: 'push', repository: 'shop', branches: ['main', '!main'] },
            { on: 'push', repository: 'shop', branches: ['main', 'release/*'], branchesIgnore: ['main'] },
            { on: 'pullRequest', repository: 'shop', branches: ['develop'] },
          ],
        }),
      ),
    ).toEqual([
      `supplies.images.triggers[0].branches: ${message}, got ["master"]`,
      `supplies.images.triggers[1].branches: ${message}, got ["main","!main"]`,
      `supplies.images.triggers[2].branches: ${message}, got ["main","release/*"]`,
      `supplies.images.triggers[3].branches: ${message}, got ["develop"]`,
    ]);
  });

  test('fails where the repository says that its default is another', () => {
    expect(told(builtBranches, withSupply(pushTo('main'), { defaultBranch: 'trunk' }))).toEqual([
      'supplies.images.triggers[0].branches: leave out trunk, the default branch of repositories.shop; write "trunk", or say which is the default as its defaultBranch, or say why as branchReason of the supply, got ["main"]',
    ]);
  });

  test('fails for a reason that says nothing, and for one that is not needed', () => {
    expect(told(builtBranches, withSupply({ ...pushTo('release/2'), branchReason: ' ' }))).toEqual([
      'supplies.images.branchReason: must say why it builds another branch than the default one, got " "',
    ]);
    expect(told(builtBranches, withSupply({ ...pushTo('main'), branchReason: 'we like it' }))).toEqual([
      'supplies.images.branchReason: gives a reason for building another branch, and the default one is built; leave it out',
    ]);
  });
});
