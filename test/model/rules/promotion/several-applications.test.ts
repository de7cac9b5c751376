import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { severalApplications } from '../../../../src/model/rules/promotion/several-applications.ts';
import { severalApplications as system } from '../../../support/several-applications.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const beyondNotYet = (delivery: Delivery): readonly string[] =>
  told(severalApplications, delivery).filter((line) => !line.includes('for more than one application'));

describe('an environment with several applications', () => {
  test('passes with one, whatever it is called and however it is gated', () => {
    expect(told(severalApplications, validDelivery())).toEqual([]);
  });

  test('fails for now, with what to write', () => {
    expect(told(severalApplications, system())).toContain(
      'environments.dev.applications: is not carried out yet for more than one application; write one with all services, got ["shop","bank","audit"]',
    );
    expect(beyondNotYet(system())).toEqual([]);
  });

  test('fails for an application that is called like a proposal', () => {
    const delivery = system(['shop', 'bank']);
    const environments = delivery.environments.map((environment) => ({
      ...environment,
      applications: environment.applications.map((it) => (it.name === 'bank' ? { ...it, name: 'publish' } : it)),
    }));

    expect(beyondNotYet({ ...delivery, environments })).toEqual(
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

    expect(beyondNotYet(delivery)).toEqual([
      'stages.prod-bank.gate.kind: is not carried out yet where an environment has several applications, because what they share has no tag; write "pullRequest", got "humanTag"',
    ]);
  });

  test('fails for two engines', () => {
    const delivery = withStage(system(), 'dev-bank', (stage) => ({
      ...stage,
      engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 5 },
    }));

    expect(beyondNotYet(delivery)).toEqual([
      'stages.dev-bank.engine.kind: must be the one of all applications of dev; write "argocd", got "flux"',
    ]);
  });
});
