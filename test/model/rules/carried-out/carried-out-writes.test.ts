import { describe, expect, test } from '@jest/globals';
import { carriedOutWrites } from '../../../../src/model/rules/carried-out/carried-out-writes.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('writes that reach a branch', () => {
  test('passes a tree on the branch of its environment', () => {
    expect(told(carriedOutWrites, validDelivery())).toEqual([]);
  });

  test('fails for another branch, and for a repository that holds no environment', () => {
    const wrong = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      write: { ...stage.write, repository: 'shop', branch: 'deploy' },
    }));

    expect(told(carriedOutWrites, wrong)).toEqual([
      'stages.dev.write.repository: is not carried out yet for another repository than the first that holds "ops"; write "shop-ops", got "shop"',
      'stages.dev.write.branch: is not carried out yet for another branch than the environment\'s; write "env/dev", got "deploy"',
    ]);
  });
});
