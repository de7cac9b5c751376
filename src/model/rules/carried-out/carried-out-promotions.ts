import type { Delivery } from '../../delivery.ts';
import { isMovedByKargo, suppliesOfKargo } from '../../derived/kargo/moved-by-kargo.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Supply, Trigger } from '../../supply.ts';
import { stagePath } from '../place.ts';

/** What starts nothing where workflows and people promote, and what to write there. */
const insteadOfKargo: Readonly<Partial<Record<Trigger['on'], string>>> = {
  artifactPublished: 'write { on: "push" } as the supply does, or { on: "manual" }',
  upstreamHealthy: 'write { on: "gitTag" }, or { on: "manual" } and promote with --from',
};

/** What starts something where Kargo promotes. */
const startsKargo: ReadonlySet<Trigger['on']> = new Set(['artifactPublished', 'upstreamHealthy', 'manual']);

function startProblems(stage: Stage): readonly Problem[] {
  const byKargo = isMovedByKargo(stage);
  return stage.triggers.flatMap(({ on }, i): readonly Problem[] => {
    const path = `${stagePath(stage)}.triggers[${i}].on`;
    const instead = insteadOfKargo[on];
    if (!byKargo)
      return instead === undefined ? [] : [{ path, message: `is not carried out yet; ${instead}`, given: on }];
    const other =
      stage.intake.from === 'supply'
        ? '{ on: "artifactPublished", artifact: "…", by: "poll" }'
        : '{ on: "upstreamHealthy", stages: ["…"], by: "poll" }';
    return startsKargo.has(on)
      ? []
      : [
          {
            path,
            message: `is not carried out yet where Kargo promotes, which no workflow starts; write ${other}, or { on: "manual" }`,
            given: on,
          },
        ];
  });
}

function discoveryProblems(supply: Supply, taken: ReadonlySet<Supply>): readonly Problem[] {
  const { name, discovery } = supply;
  const path = `supplies.${name}.discovery`;
  const looks = discovery.kind === 'registryPoll' || discovery.kind === 'registryWebhook';
  if (!taken.has(supply))
    return looks
      ? [
          {
            path: `${path}.kind`,
            message:
              'is not carried out yet where Kargo moves no stage that takes from the supply; write { kind: "sameJob" }, so that the workflow that builds promotes',
            given: discovery.kind,
          },
        ]
      : [];
  if (discovery.kind === 'registryPoll' && discovery.attempts !== undefined)
    return [
      {
        path: `${path}.attempts`,
        message: 'is not carried out yet; leave it out: Kargo looks for as long as it runs',
        given: discovery.attempts,
      },
    ];
  return [];
}

/** What starts a promotion, and how it learns of a build, is something that whoever moves the stage hears of. */
export function carriedOutPromotions(delivery: Delivery): readonly Problem[] {
  const taken = new Set(suppliesOfKargo(delivery));
  return [
    ...delivery.supplies.flatMap((supply) => discoveryProblems(supply, taken)),
    ...delivery.stages.flatMap(startProblems),
  ];
}
