import { refused } from '../../carried-out/carrier.ts';
import { gitTransports, stageTriggers, supplyTriggers } from '../../carried-out/course.ts';
import type { Delivery } from '../../delivery.ts';
import { hostOf } from '../../host.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Supply, Trigger } from '../../supply.ts';
import { stagePath } from '../place.ts';

type Push = Extract<Trigger, { readonly on: 'push' }>;

/** A webhook, or somebody who looks, in place of a workflow. */
function transportProblems(path: string, trigger: Trigger): readonly Problem[] {
  if (trigger.on !== 'push' && trigger.on !== 'pullRequest' && trigger.on !== 'gitTag') return [];
  const message = refused(gitTransports, trigger.by ?? 'workflow');
  if (message !== undefined) return [{ path: `${path}.by`, message, given: trigger.by }];
  return trigger.authentication === undefined
    ? []
    : [
        {
          path: `${path}.authentication`,
          message: 'is not carried out yet; leave it out: a workflow of the repository itself needs no proof',
          given: trigger.authentication,
        },
      ];
}

const pushesOf = (triggers: readonly Trigger[]): readonly Push[] =>
  triggers.filter((trigger): trigger is Push => trigger.on === 'push');

const sameBranches = (one: Push, other: Push): boolean =>
  one.repository === other.repository && [...one.branches].sort().join(' ') === [...other.branches].sort().join(' ');

function supplyProblems(delivery: Delivery, supply: Supply): readonly Problem[] {
  if (supply.builder.kind === 'external') return [];
  const path = `supplies.${supply.name}`;
  const source = delivery.repositories.find(({ name }) => name === supply.source);
  return [
    ...(supply.builder.kind === 'githubActions' &&
    source !== undefined &&
    hostOf(source.url, delivery.gitHubHost) !== 'github'
      ? [
          {
            path: `${path}.builder.kind`,
            message: `is not carried out yet for a source at ${source.url}, which is not on github.com; write { kind: "external" }`,
            given: supply.builder.kind,
          },
        ]
      : []),
    ...supply.triggers.flatMap((trigger, i) => {
      const at = `${path}.triggers[${i}]`;
      if (refused(supplyTriggers, trigger.on) !== undefined) return [];
      const elsewhere = 'repository' in trigger && trigger.repository !== supply.source;
      return [
        ...transportProblems(at, trigger),
        ...(elsewhere
          ? [
              {
                path: `${at}.repository`,
                message: `is not carried out yet for another repository than the source; write "${supply.source}"`,
                given: trigger.repository,
              },
            ]
          : []),
      ];
    }),
  ];
}

/** Supplies whose workflow promotes to a stage as soon as it has built. */
const promotingSupplies = (delivery: Delivery, { intake, triggers }: Stage): readonly Supply[] =>
  intake.from === 'supply' && !triggers.some(({ on }) => on === 'gitTag')
    ? delivery.supplies.filter(
        ({ name, builder }) => intake.supplies.includes(name) && builder.kind === 'githubActions',
      )
    : [];

function pushProblem(stage: Stage, trigger: Push, promoting: readonly Supply[]): string | undefined {
  if (promoting.some((supply) => pushesOf(supply.triggers).some((push) => sameBranches(push, trigger))))
    return undefined;
  if (stage.intake.from === 'stages')
    return 'is not carried out yet for a stage that takes from others; write { on: "gitTag" } or { on: "manual" }';
  return promoting.length === 0
    ? 'is not carried out yet where no workflow of the supply promotes on a push; leave it out, or write { on: "manual" }'
    : 'is not carried out yet apart from a build: the stage is promoted by each one; write the push that starts the supply';
}

function stageProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const promoting = promotingSupplies(delivery, stage);
  const isPushed = pushesOf(stage.triggers).length > 0;
  const isRefused = stage.triggers.some(({ on }) => refused(stageTriggers, on) !== undefined);
  return [
    ...(promoting.length > 0 && !isPushed && !isRefused && stage.triggers.length > 0
      ? [
          {
            path: `${path}.triggers`,
            message: `is not carried out yet without a push: every build of supplies.${promoting.map(({ name }) => name).join(', ')} is promoted here at once; write the push that starts the supply, or take from another stage`,
          },
        ]
      : []),
    ...stage.triggers.flatMap((trigger, i): readonly Problem[] => {
      const at = `${path}.triggers[${i}]`;
      if (refused(stageTriggers, trigger.on) !== undefined) return [];
      const problems = [...transportProblems(at, trigger)];
      if (trigger.on === 'push') {
        const message = pushProblem(stage, trigger, promoting);
        if (message !== undefined) problems.push({ path: at, message });
      }
      if (trigger.on === 'gitTag') {
        const tagged = delivery.repositories.find(({ name }) => name === trigger.repository);
        if (
          tagged !== undefined &&
          !(tagged.holds.includes('source') && hostOf(tagged.url, delivery.gitHubHost) === 'github')
        ) {
          problems.push({
            path: `${at}.repository`,
            message: 'is not carried out yet for a repository that holds no source on github.com; tag the source',
            given: trigger.repository,
          });
        }
      }
      return problems;
    }),
  ];
}

/** Whatever a delivery says starts something does start it, and nothing else does. */
export const carriedOutTriggers = (delivery: Delivery): readonly Problem[] => [
  ...delivery.supplies.flatMap((supply) => supplyProblems(delivery, supply)),
  ...delivery.stages.flatMap((stage) => stageProblems(delivery, stage)),
];
