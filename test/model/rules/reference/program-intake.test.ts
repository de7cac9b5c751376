import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { programIntake } from '../../../../src/model/rules/reference/program-intake.ts';
import type { Stage } from '../../../../src/model/stage.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withStage } from '../../../support/valid-delivery.ts';

const fromProgram = (delivery: Delivery, change: Partial<Stage> = {}): Delivery =>
  withStage(delivery, 'dev', (stage) => ({ ...stage, intake: { from: 'program' }, triggers: [], ...change }));

/** A database alone, which no artifact is part of. */
const databaseAlone = withEnvironment(validDelivery(), 'dev', (environment) => ({
  ...environment,
  applications: environment.applications.map((application) => ({ ...application, services: [] })),
}));

describe('a stage takes from the program alone what has no versions', () => {
  test('passes where the application runs no artifact', () => {
    expect(told(programIntake, fromProgram(databaseAlone))).toEqual([]);
    expect(told(programIntake, validDelivery())).toEqual([]);
  });

  test('fails where a release brings versions', () => {
    expect(told(programIntake, fromProgram(validDelivery()))).toEqual([
      'stages.dev.intake.from: must be "supply" or "stages", because shop runs "orders" or "payments", whose versions a release brings, got "program"',
    ]);
  });

  test('fails for what would start it, and for who would move it', () => {
    expect(
      told(
        programIntake,
        fromProgram(databaseAlone, { triggers: [{ on: 'manual' }], promoter: { kind: 'githubActions' } }),
      ),
    ).toEqual([
      'stages.dev.triggers: must be empty, because `portolan publish` alone starts it; write [], got ["manual"]',
      'stages.dev.promoter: has nothing to move, because the application runs no artifact; leave it out, got "githubActions"',
    ]);
  });
});
