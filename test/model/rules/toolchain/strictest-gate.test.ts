import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { describeProblem } from '../../../../src/model/problem.ts';
import type { Gate } from '../../../../src/model/stage.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import { withTools } from '../../../support/with-toolchain.ts';

const said = (delivery: Delivery): readonly string[] => problemsOf(delivery).map(describeProblem);
const gate: Gate = { kind: 'pullRequest', approvals: 1, approvers: ['releasers'], checks: ['verify'] };

/** The toolchain builds the images too, which `dev` takes without a gate. */
const building = (delivery: Delivery): Delivery => ({
  ...delivery,
  supplies: delivery.supplies.map((it) => ({ ...it, toolchain: 'tools' })),
  stages: delivery.stages.map(({ toolchain: _, ...stage }) => stage),
});

describe('the gate of a toolchain', () => {
  test('passes as strict as the stage that it moves', () => {
    expect(said(withTools())).toEqual([]);
  });

  test('passes as none where nothing that it serves has one', () => {
    expect(said(building(withTools({ gate: { kind: 'none' } })))).toEqual([]);
  });

  test.each<[string, Delivery, readonly string[]]>([
    [
      'fewer approvals, another approver, no check, and a way past, than the stage that it moves',
      {
        ...withTools({ gate: { ...gate, approvers: ['alice'], checks: [] }, emergency: ['alice'] }),
        stages: withTools().stages.map((it) =>
          it.gate.kind === 'pullRequest' ? { ...it, gate: { ...it.gate, approvals: 2 }, emergency: [] } : it,
        ),
      },
      [
        'toolchains.tools.gate.approvals: must be at least 2, as of stages.prod, got 1',
        'toolchains.tools.gate.approvers: may approve what moves stages.prod, and not that itself, got ["alice"]',
        'toolchains.tools.gate.checks: must hold "verify", as stages.prod does, got []',
        'toolchains.tools.emergency: may not push past the gate of stages.prod, which this would move, got ["alice"]',
      ],
    ],
    [
      'a gate that waits for a tag, which nobody puts on a toolchain',
      withTools({ gate: { kind: 'humanTag', pattern: 'v*', taggers: ['releasers'] } }),
      [
        'toolchains.tools.gate.kind: cannot hold a toolchain, which has no release; write "pullRequest", or "none" where it serves no gated stage, got "humanTag"',
      ],
    ],
    [
      'a builder whose images a gated stage takes itself',
      (() => {
        const delivery = building(withTools({ gate: { kind: 'none' } }));
        return {
          ...delivery,
          stages: delivery.stages.map((it) =>
            it.name === 'prod'
              ? { ...it, intake: { from: 'supply' as const, supplies: ['images'] }, rebuild: true }
              : it,
          ),
        };
      })(),
      [
        'toolchains.tools.gate.kind: must be "pullRequest": whoever writes it could move stages.prod, which has a gate, got "none"',
      ],
    ],
  ])('fails for %s', (_what, delivery, problems) => {
    expect(said(delivery)).toEqual(problems);
  });

  test('fails for a gate that is none, where it moves a stage with one', () => {
    expect(said(withTools({ gate: { kind: 'none', accepted: 'it is ours' } }))).toEqual([
      'toolchains.tools.gate.kind: must be "pullRequest": whoever writes it could move stages.prod, which has a gate, got "none"',
    ]);
  });
});
