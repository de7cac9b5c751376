import type { Delivery } from '../../delivery.ts';
import { isPlainKey } from '../../credential.ts';
import { evenMinutes, lookedFor, shortMinutes } from '../../derived/looks/looked-for.ts';
import { listenerOf } from '../../derived/looks/told-look.ts';
import { foundByFlux, isMovedByFlux } from '../../derived/flux-images/found-by-flux.ts';
import { isMovedByKargo, suppliesOfKargo } from '../../derived/kargo/moved-by-kargo.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Discovery, Supply, Trigger } from '../../supply.ts';
import { stagePath } from '../place.ts';

/** What starts nothing where workflows and people promote, and what to write there. */
const insteadOfKargo: Readonly<Partial<Record<Trigger['on'], string>>> = {
  artifactPublished: 'write { on: "push" } as the supply does, or { on: "manual" }',
};

/** What starts something where Kargo promotes. */
const startsKargo: ReadonlySet<Trigger['on']> = new Set(['artifactPublished', 'upstreamHealthy', 'manual']);

/** Whether a workflow or a CronJob looks for an artifact on behalf of a stage, or a CronJob is told to. */
const isLookedFor = (
  delivery: Delivery,
  stage: Stage,
  { artifact, by }: Extract<Trigger, { readonly on: 'artifactPublished' }>,
): boolean =>
  (by === 'poll' || stage.promoter?.kind === 'cronJob') &&
  lookedFor(delivery, stage).some(({ artifacts }) => artifacts.includes(artifact));

function startProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const byKargo = isMovedByKargo(stage);
  return stage.triggers.flatMap((trigger, i): readonly Problem[] => {
    const { on } = trigger;
    const path = `${stagePath(stage)}.triggers[${i}].on`;
    const instead = insteadOfKargo[on];
    // What starts Flux is another rule's.
    if (isMovedByFlux(stage)) return [];
    if (!byKargo && trigger.on === 'artifactPublished' && isLookedFor(delivery, stage, trigger)) return [];
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

function discoveryProblems(delivery: Delivery, supply: Supply, taken: ReadonlySet<Supply>): readonly Problem[] {
  const { name, discovery } = supply;
  const path = `supplies.${name}.discovery`;
  const looks = discovery.kind === 'registryPoll' || discovery.kind === 'registryWebhook';
  const byFlux = delivery.stages.some((stage) => foundByFlux(delivery, stage).includes(supply));
  const isTold = delivery.stages.some(
    (stage) => listenerOf(stage) !== undefined && lookedFor(delivery, stage).includes(supply),
  );
  if (
    !taken.has(supply) &&
    (discovery.kind === 'registryPoll' || (discovery.kind === 'registryWebhook' && isTold)) &&
    (byFlux || supply.builder.kind !== 'githubActions')
  )
    return lookProblems(delivery, supply, discovery, byFlux);
  if (!taken.has(supply))
    return looks
      ? [
          {
            path: `${path}.kind`,
            message:
              supply.builder.kind === 'githubActions'
                ? 'is not carried out yet where Kargo moves no stage that takes from the supply; write { kind: "sameJob" }, so that the workflow that builds promotes'
                : 'is not carried out yet where neither Kargo nor a CronJob with a listener moves a stage that takes from the supply; write { kind: "registryPoll" }',
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

/**
 * A look of a workflow of ours: at times that GitHub keeps, for a stage that takes what is found.
 *
 * @param byFlux - whether Flux looks too, which keeps every pause
 */
function lookProblems(
  delivery: Delivery,
  supply: Supply,
  discovery: Extract<Discovery, { readonly kind: 'registryPoll' | 'registryWebhook' }>,
  byFlux: boolean,
): readonly Problem[] {
  const path = `supplies.${supply.name}.discovery`;
  const { login } = discovery;
  const { attempts, intervalMinutes } =
    discovery.kind === 'registryPoll' ? discovery : { attempts: undefined, intervalMinutes: undefined };
  const byProgram = delivery.stages.filter((stage) => lookedFor(delivery, stage).includes(supply));
  const byWorkflow = byProgram.filter((stage) => stage.promoter?.kind !== 'cronJob');
  const pauses = byWorkflow.length > 0 ? evenMinutes : [...shortMinutes, ...evenMinutes];
  return [
    ...(login === undefined || byWorkflow.length === 0 ? [] : loginProblems(delivery, supply, byWorkflow, login)),
    ...(attempts === undefined
      ? []
      : [
          {
            path: `${path}.attempts`,
            message:
              'is not carried out yet; leave it out: a workflow looks again and again, and a stage says as waitMinutes how long one look waits',
            given: attempts,
          },
        ]),
    ...(intervalMinutes === undefined || pauses.includes(intervalMinutes) || (byFlux && byProgram.length === 0)
      ? []
      : [
          {
            path: `${path}.intervalMinutes`,
            message: `is not carried out yet: no schedule ${byWorkflow.length > 0 ? 'of GitHub ' : ''}keeps such a pause; write one of ${pauses.join(', ')}`,
            given: intervalMinutes,
          },
        ]),
    ...(byFlux || byProgram.length > 0
      ? []
      : [
          {
            path: `${path}.kind`,
            message: 'is not carried out yet where no stage takes from the supply; name it in the intake of one',
            given: discovery.kind,
          },
        ]),
  ];
}

/** What a look logs in with is found by the job that looks: an account in the GitHub environment of its stage, in the source. */
function loginProblems(
  delivery: Delivery,
  supply: Supply,
  stages: readonly Stage[],
  login: string,
): readonly Problem[] {
  const credential = delivery.credentials.find(({ name }) => name === login);
  if (credential === undefined) return [];
  const { store } = credential;
  const places = stages.map(({ environment }) => environment);
  const isAccount = store.keys.length === 2 && store.keys.filter(isPlainKey).length === 1;
  const isFound =
    store.kind === 'githubActions' &&
    store.repository === supply.source &&
    places.every((place) => store.environment === place);
  return isFound && isAccount
    ? []
    : [
        {
          path: `supplies.${supply.name}.discovery.login`,
          message: `must be one that the job that looks finds, with the name of an account and its password: { kind: "githubActions", repository: "${supply.source}", environment: "${places[0] ?? ''}", keys: ["REGISTRY_USERNAME", "REGISTRY_TOKEN"] }`,
          given: login,
        },
      ];
}

/** Who waits, waits for something that is looked for. */
const waitProblems = (delivery: Delivery, stage: Stage): readonly Problem[] =>
  stage.waitMinutes === undefined || lookedFor(delivery, stage).length > 0
    ? []
    : [
        {
          path: `${stagePath(stage)}.waitMinutes`,
          message:
            'is not carried out yet where nothing is looked for; leave it out: the workflow that builds promotes, and so waits for nothing',
          given: stage.waitMinutes,
        },
      ];

/** What starts a promotion, and how it learns of a build, is something that whoever moves the stage hears of. */
export function carriedOutPromotions(delivery: Delivery): readonly Problem[] {
  const taken = new Set(suppliesOfKargo(delivery));
  return [
    ...delivery.supplies.flatMap((supply) => discoveryProblems(delivery, supply, taken)),
    ...delivery.stages.flatMap((stage) => [...startProblems(delivery, stage), ...waitProblems(delivery, stage)]),
  ];
}
