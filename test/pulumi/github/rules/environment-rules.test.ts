import { describe, expect, test } from '@jest/globals';
import { promotionIdentity } from '../../../../src/model/derived/promotion-identity.ts';
import { environmentRules } from '../../../../src/pulumi/github/rules/environment-rules.ts';
import { withStage } from '../../../support/valid-delivery.ts';
import { guardedDelivery } from '../../support/guarded-delivery.ts';

describe('who may change an environment’s branch', () => {
  test('is the promotion identity alone where there is no gate', () => {
    expect(environmentRules(guardedDelivery(), { environment: 'dev' })).toEqual({
      pullRequest: false,
      approvals: 0,
      approvers: [],
      checks: [],
      bypass: ['promoter'],
    });
  });

  test('is reviewed pull requests where there is one, and who may act in an emergency', () => {
    expect(environmentRules(guardedDelivery(), { environment: 'prod' })).toEqual({
      pullRequest: true,
      approvals: 1,
      approvers: ['releasers'],
      checks: ['verify'],
      bypass: ['alice'],
    });
  });

  test('follows the strictest of several stages', () => {
    const delivery = guardedDelivery();
    const second = {
      ...delivery.stages[1]!,
      name: 'prod-payments',
      gate: { kind: 'pullRequest' as const, approvals: 2, approvers: ['alice'], checks: ['audit'] },
    };

    expect(
      environmentRules({ ...delivery, stages: [...delivery.stages, second] }, { environment: 'prod' }),
    ).toMatchObject({
      approvals: 2,
      approvers: ['alice', 'releasers'],
      checks: ['audit', 'verify'],
    });
  });

  test('is a pull request without reviews where the write says so', () => {
    const delivery = withStage(guardedDelivery(), 'dev', (stage) => ({
      ...stage,
      gate: { kind: 'none' },
      write: { ...stage.write, mode: 'pullRequest' },
    }));

    expect(environmentRules(delivery, { environment: 'dev' })).toEqual({
      pullRequest: true,
      approvals: 0,
      approvers: [],
      checks: [],
      bypass: [],
    });
  });
});

describe('the promotion identity', () => {
  test('is the app that holds the credential of the write', () => {
    const delivery = {
      ...guardedDelivery(),
      actors: [
        { name: 'another', kind: 'app' as const },
        { name: 'promoter', kind: 'app' as const },
      ],
    };

    expect(promotionIdentity(delivery, { environment: 'dev' })).toBe('promoter');
  });

  test('is the only app when nobody is named as the holder', () => {
    const delivery = guardedDelivery();
    const credentials = delivery.credentials.map((credential) => ({ ...credential, holder: 'a workflow' }));

    expect(promotionIdentity({ ...delivery, credentials }, { environment: 'dev' })).toBe('promoter');
    expect(
      promotionIdentity(
        { ...delivery, credentials, actors: [...delivery.actors, { name: 'another', kind: 'app' }] },
        { environment: 'dev' },
      ),
    ).toBeUndefined();
    expect(promotionIdentity({ ...delivery, actors: [] }, { environment: 'dev' })).toBeUndefined();
  });
});
