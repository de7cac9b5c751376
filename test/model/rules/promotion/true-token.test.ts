import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { trueToken } from '../../../../src/model/rules/promotion/true-token.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const starting = (delivery: Delivery, startsWorkflows: boolean): Delivery =>
  withStage(delivery, 'dev', (stage) => ({ ...stage, write: { ...stage.write, startsWorkflows } }));

/** Only the dev stage pushes with the token of the run. */
function withGithubToken(): Delivery {
  const delivery = withStage(validDelivery(), 'dev', (stage) => ({
    ...stage,
    write: { ...stage.write, credential: 'run-token' },
  }));
  const token = {
    name: 'run-token',
    purpose: 'gitPush',
    holder: 'the workflow',
    store: { kind: 'githubActions', repository: 'shop', keys: ['GITHUB_TOKEN'] },
    scope: 'contents: write',
  } as const;
  return { ...delivery, credentials: [...delivery.credentials, token] };
}

describe('what a write says of its token is true', () => {
  test('passes for an app that starts workflows, and for GITHUB_TOKEN that does not', () => {
    expect(told(trueToken, validDelivery())).toEqual([]);
    expect(told(trueToken, starting(withGithubToken(), false))).toEqual([]);
  });

  test('fails for GITHUB_TOKEN that is said to start workflows', () => {
    expect(told(trueToken, withGithubToken())).toEqual([
      'stages.dev.write.startsWorkflows: must be false, because a push with GITHUB_TOKEN starts no workflow, or push with another credential than run-token, got true',
    ]);
  });

  test('fails for another credential that is said to start none', () => {
    expect(told(trueToken, starting(validDelivery(), false))).toEqual([
      'stages.dev.write.startsWorkflows: must be true, because only a push with GITHUB_TOKEN starts no workflow, and promotion is something else, got false',
    ]);
  });
});
