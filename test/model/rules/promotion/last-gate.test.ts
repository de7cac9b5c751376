import { describe, expect, test } from '@jest/globals';
import { lastGate } from '../../../../src/model/rules/promotion/last-gate.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('the last stage has a gate', () => {
  test('passes where an earlier stage has none', () => {
    expect(told(lastGate, validDelivery())).toEqual([]);
  });

  test('passes where the reason for none is given', () => {
    expect(
      told(
        lastGate,
        withStage(validDelivery(), 'prod', (stage) => ({
          ...stage,
          gate: { kind: 'none', accepted: 'nobody uses the shop yet' },
        })),
      ),
    ).toEqual([]);
  });

  test('fails where the stage that none takes from has no gate', () => {
    expect(
      told(
        lastGate,
        withStage(validDelivery(), 'prod', (stage) => ({ ...stage, gate: { kind: 'none' } })),
      ),
    ).toEqual([
      'stages.prod.gate: is the last stage and lets everything in; write a gate, or the reason as accepted, got "none"',
    ]);
  });

  test('fails where the last stage listed takes from the supply and has no gate', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      intake: { from: 'supply', supplies: ['images'] },
      gate: { kind: 'none' },
    }));

    expect(told(lastGate, delivery)).toEqual([
      'stages.prod.gate: is the last stage and lets everything in; write a gate, or the reason as accepted, got "none"',
    ]);
  });

  test('fails for each end of a course that forks', () => {
    const { stages, ...rest } = validDelivery();
    const ends = ['east', 'west'].flatMap((name) =>
      stages.slice(1).map((stage) => ({ ...stage, name, gate: { kind: 'none' } as const })),
    );

    expect(told(lastGate, { ...rest, stages: [...stages.slice(0, 1), ...ends] })).toEqual([
      'stages.east.gate: is the last stage and lets everything in; write a gate, or the reason as accepted, got "none"',
      'stages.west.gate: is the last stage and lets everything in; write a gate, or the reason as accepted, got "none"',
    ]);
  });
});
