import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { environmentNeeds } from '../../../src/pulumi/github/github-needs.ts';
import { guardedDelivery } from '../support/guarded-delivery.ts';

/** The names that the needs of an environment hold, where its ops repository is the stack's own or somebody else's. */
function needsOf(environment: string, management: 'managed' | 'external') {
  const delivery = guardedDelivery();
  const changed: Delivery = {
    ...delivery,
    repositories: delivery.repositories.map(({ management: _, ...repository }) =>
      repository.holds.includes('ops') && management === 'external' ? { ...repository, management } : repository,
    ),
  };
  const { rulesets, reviewed, actors } = environmentNeeds(changed, environment);
  const names = (of: readonly { readonly name: string }[]): readonly string[] => of.map(({ name }) => name);
  return { rulesets: names(rulesets), reviewed: names(reviewed), actors };
}

describe('what an environment asks of GitHub', () => {
  test('is reviews where its gate wants approvals, and who its rulesets name', () => {
    expect(needsOf('prod', 'managed')).toEqual({
      rulesets: ['shop-ops'],
      reviewed: ['shop-ops'],
      actors: ['alice', 'releasers'],
    });
    expect(needsOf('dev', 'managed')).toEqual({ rulesets: ['shop-ops'], reviewed: [], actors: ['promoter'] });
  });

  test('is none of it in an ops repository that somebody else protects', () => {
    expect(needsOf('prod', 'external')).toEqual({ rulesets: [], reviewed: [], actors: [] });
  });
});
