import { describe, expect, test } from '@jest/globals';
import { reportedByActions } from '../../../../src/pulumi/github/rules/ruleset.ts';
import { guardedDelivery } from '../../support/guarded-delivery.ts';
import { runStack } from '../../support/run-stack.ts';
import { contextFor } from '../../support/stack-context.ts';

describe('who may report a required check', () => {
  test.each([undefined, 'https://api.github.com', 'https://github.com/'])('is GitHub Actions at %s', (baseUrl) => {
    expect(reportedByActions(['verify'], baseUrl)).toEqual([{ context: 'verify', app: 15368 }]);
  });

  test('is not named on a server of its own, where GitHub Actions has another number', () => {
    expect(reportedByActions(['verify'], 'https://git.acme.example')).toEqual([{ context: 'verify' }]);
  });

  test('is GitHub Actions for the review of the program, and open for what any other app may report', async () => {
    const delivery = guardedDelivery();
    const repositories = delivery.repositories.map((repository) =>
      repository.name === 'shop'
        ? { ...repository, protection: { approvals: 1, checks: ['check', 'sonar'] } }
        : repository,
    );

    const { resources } = await runStack(contextFor('platform', { delivery: { ...delivery, repositories } }));

    expect(resources.find(({ name }) => name === 'shop-review')?.inputs['rules']).toMatchObject({
      requiredStatusChecks: { requiredChecks: [{ context: 'check', integrationId: 15368 }, { context: 'sonar' }] },
    });
  });
});
