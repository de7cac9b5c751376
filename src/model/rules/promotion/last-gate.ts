import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/**
 * The last stage of a course has a gate, or says why it needs none. Last is a stage that takes from another and that none
 * takes from, and the last one listed of each application.
 */
export const lastGate = ({ stages, toolchains = [] }: Delivery): readonly Problem[] =>
  stages.flatMap((stage, i) => {
    if (stage.gate.kind !== 'none' || stage.gate.accepted !== undefined) return [];
    // Nothing is promoted to a toolchain: what it serves says which gate it needs.
    if (toolchains.some(({ name }) => name === stage.environment)) return [];
    const feeds = stages.some(({ intake }) => intake.from === 'stages' && intake.stages.includes(stage.name));
    const listedLast = !stages.slice(i + 1).some(({ application }) => application === stage.application);
    if (feeds || (stage.intake.from !== 'stages' && !listedLast)) return [];
    return [
      {
        path: `${stagePath(stage)}.gate`,
        message: 'is the last stage and lets everything in; write a gate, or the reason as accepted',
        given: stage.gate.kind,
      },
    ];
  });
