import type { Delivery } from '../../delivery.ts';
import { gatedThrough } from '../../derived/places/toolchains.ts';
import type { Problem } from '../../problem.ts';
import { isGated, type Stage } from '../../stage.ts';
import type { Toolchain } from '../../environment.ts';
import { stagePath } from '../place.ts';

/** Who writes a toolchain can move what it serves, so that its gate asks for at least what the strictest of these stages asks for. */
export const strictestGate = (delivery: Delivery): readonly Problem[] =>
  (delivery.toolchains ?? []).flatMap((toolchain) => {
    const path = `toolchains.${toolchain.name}`;
    const { kind } = toolchain.gate;
    if (kind !== 'none' && kind !== 'pullRequest')
      return [
        {
          path: `${path}.gate.kind`,
          message:
            'cannot hold a toolchain, which has no release; write "pullRequest", or "none" where it serves no gated stage',
          given: kind,
        },
      ];
    return gatedThrough(delivery, toolchain.name)
      .filter(isGated)
      .flatMap((stage) => weakerThan(toolchain, stage, path));
  });

/** What of a toolchain's gate asks for less than a stage that it serves. */
function weakerThan({ gate, emergency = [] }: Toolchain, stage: Stage, path: string): readonly Problem[] {
  const who = stagePath(stage);
  if (gate.kind !== 'pullRequest')
    return [
      {
        path: `${path}.gate.kind`,
        message: `must be "pullRequest": whoever writes it could move ${who}, which has a gate`,
        given: gate.kind,
      },
    ];
  const { approvers, approvals, checks } = asked(stage);
  const strangers = gate.approvers.filter((name) => approvers?.includes(name) === false);
  const past = emergency.filter((name) => stage.emergency?.includes(name) !== true);
  return [
    ...(gate.approvals >= approvals
      ? []
      : [
          {
            path: `${path}.gate.approvals`,
            message: `must be at least ${approvals}, as of ${who}`,
            given: gate.approvals,
          },
        ]),
    ...(strangers.length === 0
      ? []
      : [
          {
            path: `${path}.gate.approvers`,
            message: `may approve what moves ${who}, and not that itself`,
            given: strangers,
          },
        ]),
    ...checks
      .filter((check) => !gate.checks.includes(check))
      .map((check) => ({
        path: `${path}.gate.checks`,
        message: `must hold "${check}", as ${who} does`,
        given: gate.checks,
      })),
    ...(past.length === 0
      ? []
      : [
          {
            path: `${path}.emergency`,
            message: `may not push past the gate of ${who}, which this would move`,
            given: past,
          },
        ]),
  ];
}

/** What a stage's gate asks of whoever would pass it. */
function asked({ gate }: Stage): {
  /** @default - nobody is named */
  readonly approvers?: readonly string[];
  readonly approvals: number;
  readonly checks: readonly string[];
} {
  switch (gate.kind) {
    case 'pullRequest':
      return gate;
    case 'humanTag':
      return { approvers: gate.taggers, approvals: 1, checks: [] };
    case 'none':
      return { approvals: 1, checks: [] };
  }
}
