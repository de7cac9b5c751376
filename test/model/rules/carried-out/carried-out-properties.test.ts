import { describe, expect, test } from '@jest/globals';
import { carriedOutProperties } from '../../../../src/model/rules/carried-out/carried-out-properties.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('properties that nothing reads', () => {
  test('passes where everything that is said is read', () => {
    expect(told(carriedOutProperties, validDelivery())).toEqual([]);
  });

  test('passes filters of a build that somebody else starts', () => {
    const delivery = validDelivery();
    const elsewhere = delivery.supplies.map((supply) => ({
      ...supply,
      builder: { kind: 'external', by: 'Tekton' } as const,
      triggers: [{ on: 'push', repository: 'shop', branches: ['main'], paths: ['src/**'] } as const],
    }));

    expect(told(carriedOutProperties, { ...delivery, supplies: elsewhere })).toEqual([]);
  });

  test('fails for checks, a copy and filters of a supply', () => {
    const delivery = validDelivery();
    const supplies = delivery.supplies.map((supply) => ({
      ...supply,
      checks: ['test'],
      copiesTo: { repository: 'shop', branch: 'release' },
      triggers: [
        { on: 'push', repository: 'shop', branches: ['**'], branchesIgnore: ['main'], paths: ['src/**'] } as const,
      ],
    }));

    expect(told(carriedOutProperties, { ...delivery, supplies })).toEqual([
      'supplies.images.checks: is not carried out yet; write [], and let the branch that builds ask for them: protection.checks of the source repository, which a merge waits for, got ["test"]',
      'supplies.images.copiesTo: is not carried out yet; leave it out, and build from the source itself, got {"repository":"shop","branch":"release"}',
      'supplies.images.triggers[0].branchesIgnore: is not carried out yet; leave it out, and name the branches alone, got ["main"]',
      'supplies.images.triggers[0].paths: is not carried out yet; leave it out: every push to the branches builds, got ["src/**"]',
    ]);
  });

  test('fails for patience, further fields and filters of a stage', () => {
    const wrong = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      waitMinutes: 40,
      triggers: [{ on: 'push', repository: 'shop', branches: ['main'], paths: ['src/**'] }],
      write: { ...stage.write, further: [{ kind: 'tree' }] },
    }));

    expect(told(carriedOutProperties, wrong)).toEqual([
      'stages.dev.waitMinutes: is not carried out yet; leave it out: the workflow that builds promotes, and so waits for nothing, got 40',
      'stages.dev.write.further: is not carried out yet; leave it out: a tree is every field, got [{"kind":"tree"}]',
      'stages.dev.triggers[0].paths: is not carried out yet; leave it out: every push to the branches builds, got ["src/**"]',
    ]);
  });

  test('fails for an artifact that pins another', () => {
    const delivery = validDelivery();
    const artifacts = delivery.artifacts.map((artifact) =>
      artifact.name === 'orders' ? { ...artifact, pins: 'payments' } : artifact,
    );

    expect(told(carriedOutProperties, { ...delivery, artifacts })).toEqual([
      'artifacts.orders.pins: is not carried out yet; leave it out, and deliver the image itself, got "payments"',
    ]);
  });
});
