import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { coveringGate } from '../../../../src/model/rules/promotion/covering-gate.ts';
import type { Gate, Stage } from '../../../../src/model/stage.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const onMain = (stage: Stage, folder: string, gate: Gate = stage.gate): Stage => ({
  ...stage,
  gate,
  write: {
    ...stage.write,
    repository: 'shop',
    branch: 'main',
    locator: { kind: 'yamlPath', file: `${folder}/release.yaml`, path: 'spec.version' },
  },
  engine: { ...stage.engine, paths: [folder] },
});

/** Both stages live on the default branch of the source repository. */
const monorepo = (prodFolder: string, gate?: Gate): Delivery =>
  withStage(
    withStage(validDelivery(), 'dev', (stage) => onMain(stage, 'env/dev')),
    'prod',
    (stage) => onMain(stage, prodFolder, gate),
  );

const uncovered = 'stages.prod.write: branch main of shop is not covered by the gate:';

describe('a gate covers everything that the engine watches', () => {
  test('passes where only the stage writes the branch it follows', () => {
    expect(told(coveringGate, validDelivery())).toEqual([]);
  });

  test('passes where the branch that people share asks for as many approvals as the gate', () => {
    expect(told(coveringGate, monorepo('env/prod'))).toEqual([]);
  });

  test('fails where the branch that people share asks for fewer approvals', () => {
    const delivery = monorepo('env/prod', { kind: 'pullRequest', approvals: 2, approvers: ['releasers'], checks: [] });

    expect(told(coveringGate, delivery)).toEqual([
      `${uncovered} it asks for fewer approvals (1) than the gate (2); raise repositories.shop.protection.approvals, or follow a branch of its own`,
    ]);
  });

  test('fails where a tag is the gate and any merge changes what is followed', () => {
    expect(
      told(coveringGate, monorepo('env/prod', { kind: 'humanTag', pattern: 'v*', taggers: ['releasers'] })),
    ).toEqual([
      `${uncovered} any commit on it passes the gate by; follow a branch of an ops repository that only this stage writes`,
    ]);
  });

  test('fails where a stage without a gate writes what a gated one watches', () => {
    expect(told(coveringGate, monorepo('env'))).toEqual([
      'stages.prod.write: watches what stages.dev writes without a gate, on branch main of shop; give each stage a branch or path of its own',
    ]);
  });

  test('passes where a stage without a gate watches anything', () => {
    expect(told(coveringGate, monorepo('env', { kind: 'none', accepted: 'nobody uses the shop yet' }))).toEqual([]);
  });
});
