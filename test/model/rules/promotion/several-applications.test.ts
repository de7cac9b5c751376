import { describe, expect, test } from '@jest/globals';
import { describeProblem } from '../../../../src/model/problem.ts';
import { severalApplications } from '../../../../src/model/rules/promotion/several-applications.ts';
import { severalApplications as system } from '../../../support/several-applications.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import { defects, refusals, told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('an environment with several applications', () => {
  test('passes with one, whatever it is called and however it is gated', () => {
    expect(told(severalApplications, validDelivery())).toEqual([]);
  });

  test('passes with each on a branch of its own, as every rule does', () => {
    expect([...defects(system()), ...refusals(system())]).toEqual([]);
    expect(problemsOf(system())).toEqual([]);
  });

  test('fails with all of them on the branch of the environment', () => {
    const together = withStage(system(), 'dev-bank', (stage) => ({
      ...stage,
      write: { ...stage.write, branch: 'env/dev' },
    }));

    expect(problemsOf(together).map(describeProblem)).toEqual([
      `stages.dev-bank.write.branch: is not carried out yet for another branch than the application's; write "app/dev/bank", got "env/dev"`,
    ]);
  });

  test('fails for an application that is called like a proposal', () => {
    const delivery = system(['shop', 'bank']);
    const environments = delivery.environments.map((environment) => ({
      ...environment,
      applications: environment.applications.map((it) => (it.name === 'bank' ? { ...it, name: 'publish' } : it)),
    }));

    expect(told(severalApplications, { ...delivery, environments })).toEqual(
      ['dev', 'qa', 'prod'].map(
        (place) =>
          `environments.${place}.applications.publish.name: is how the pull request of what applications share is called; choose another name, got "publish"`,
      ),
    );
  });

  test('fails for a gate that is a tag, because what they share has none', () => {
    const delivery = withStage(system(), 'prod-bank', (stage) => ({
      ...stage,
      gate: { kind: 'humanTag', pattern: 'v*', taggers: ['alice'] },
    }));

    expect(told(severalApplications, delivery)).toEqual([
      'stages.prod-bank.gate.kind: is not carried out yet where an environment has several applications, because what they share has no tag; write "pullRequest", got "humanTag"',
    ]);
  });

  test('fails for two engines', () => {
    const delivery = withStage(system(), 'dev-bank', (stage) => ({
      ...stage,
      engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 5 },
    }));

    expect(told(severalApplications, delivery)).toEqual([
      'stages.dev-bank.engine.kind: must be the one of all applications of dev; write "argocd", got "flux"',
    ]);
  });
});
