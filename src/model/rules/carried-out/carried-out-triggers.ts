import { refused } from '../../carried-out/carrier.ts';
import { gitTransports, stageTriggers, supplyTriggers } from '../../carried-out/course.ts';
import type { Delivery } from '../../delivery.ts';
import { notOnGitHub, hostOf, publicGitHub } from '../../formats/host.ts';
import { suppliesOf } from '../../derived/origins.ts';
import { isMovedByTekton } from '../../derived/tekton/promoted-by-runs.ts';
import type { Problem } from '../../problem.ts';
import {
  isStartedByEachPush,
  isSamePush,
  isSameStart,
  pushesOf,
  timedOrSentOf,
  type Push,
  type TimedOrSent,
} from '../../derived/pushes.ts';
import type { Stage } from '../../stage.ts';
import type { Supply, Trigger } from '../../supply.ts';
import { stagePath } from '../place.ts';
import { isUnmergedPush } from '../promotion/unmerged-builds.ts';

/**
 * A webhook, or somebody who looks, in place of a workflow.
 *
 * @param learns - how what is started learns of it, where no workflow starts it
 */
function transportProblems(path: string, trigger: Trigger, learns?: 'webhook' | 'poll'): readonly Problem[] {
  if (trigger.on !== 'push' && trigger.on !== 'pullRequest' && trigger.on !== 'gitTag') return [];
  const by = trigger.by ?? 'workflow';
  const message = refused(gitTransports, by);
  if (message !== undefined) return [{ path: `${path}.by`, message, given: trigger.by }];
  // A webhook that proves nothing is another rule's.
  if (by === 'webhook' && learns === 'webhook') return [];
  if (by !== 'workflow' && by !== learns)
    return [
      {
        path: `${path}.by`,
        message: 'is not carried out yet; leave it out, so that a workflow of the repository itself starts',
        given: trigger.by,
      },
    ];
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
            message: `is not carried out yet for a source at ${source.url}, ${notOnGitHub(delivery.gitHubHost)}; write { kind: "external" }`,
            given: supply.builder.kind,
          },
        ]
      : []),
    ...filterProblems(path, supply.triggers),
    ...pullRequestProblems(path, supply),
    ...supply.triggers.flatMap((trigger, i) => {
      const at = `${path}.triggers[${i}]`;
      if (refused(supplyTriggers, trigger.on) !== undefined) return [];
      const elsewhere = 'repository' in trigger && trigger.repository !== supply.source;
      return [
        ...transportProblems(at, trigger, learnsBy(supply)),
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

/** How the builder of a supply learns of a commit, where no workflow goes before it. */
function learnsBy({ builder, copiesTo }: Supply): 'webhook' | 'poll' | undefined {
  if (builder.kind === 'tekton') return 'webhook';
  return builder.kind === 'kpack' && copiesTo === undefined ? 'poll' : undefined;
}

/** Supplies that a stage takes from and whose builds promote to it: workflows, or the runs of Tekton where these move it. */
const builtFor = (delivery: Delivery, stage: Stage): readonly Supply[] =>
  suppliesOf(stage, delivery).filter(
    ({ builder }) => builder.kind === (isMovedByTekton(stage) ? 'tekton' : 'githubActions'),
  );

/** What a pull request builds is looked at and thrown away: nothing that nobody merged is published by it. */
function pullRequestProblems(path: string, { builder, triggers, buildsUnmerged }: Supply): readonly Problem[] {
  if (builder.kind !== 'githubActions') return [];
  const pulls = triggers.flatMap((trigger, i) => (trigger.on === 'pullRequest' ? [`${path}.triggers[${i}]`] : []));
  const [, ...further] = pulls;
  return [
    ...further.map((at) => ({
      path: at,
      message: 'is not carried out yet beside another pull request; write one with every branch and every file',
    })),
    ...(pulls.length > 0 && buildsUnmerged === true && !triggers.some(isUnmergedPush)
      ? [
          {
            path: `${path}.buildsUnmerged`,
            message:
              'is not carried out yet for pull requests, whose builds are pushed nowhere; leave it out, or build a push to every branch',
            given: buildsUnmerged,
          },
        ]
      : []),
  ];
}

/** GitHub has one filter for the branches and one for the files of all pushes: two pushes with other files are not one filter. */
function filterProblems(path: string, triggers: readonly Trigger[]): readonly Problem[] {
  const [first, ...others] = pushesOf(triggers);
  const files = ({ paths = [], branchesIgnore = [] }: Push): string =>
    JSON.stringify([[...paths].sort(), [...branchesIgnore].sort()]);
  return first === undefined || others.every((other) => files(other) === files(first))
    ? []
    : [
        {
          path: `${path}.triggers`,
          message:
            'is not carried out yet for pushes of which one leaves out other branches or files than the next; write the same paths and branchesIgnore for each, or one supply for each',
        },
      ];
}

/** What keeps every build from promoting to a stage, whatever starts it. */
function buildProblem(delivery: Delivery, stage: Stage, on: Trigger['on']): string | undefined {
  if (stage.intake.from === 'stages')
    return 'is not carried out yet for a stage that takes from others; write { on: "gitTag" } or { on: "manual" }';
  if (builtFor(delivery, stage).length === 0)
    return `is not carried out yet where no workflow of the supply promotes on a ${on}; leave it out, or write { on: "manual" }`;
  return stage.triggers.some((trigger) => trigger.on === 'gitTag')
    ? 'is not carried out yet beside a tag, which builds by itself; leave it out'
    : undefined;
}

function startProblem(delivery: Delivery, stage: Stage, trigger: TimedOrSent): string | undefined {
  const message = buildProblem(delivery, stage, trigger.on);
  if (message !== undefined) return message;
  return builtFor(delivery, stage).some((supply) =>
    timedOrSentOf(supply.triggers).some((start) => isSameStart(start, trigger)),
  )
    ? undefined
    : 'is not carried out yet apart from a build; write it among the triggers of the supply, as it is written here';
}

function pushProblem(delivery: Delivery, stage: Stage, trigger: Push): string | undefined {
  const message = buildProblem(delivery, stage, trigger.on);
  if (message !== undefined) return message;
  const built = builtFor(delivery, stage);
  const builds = built.some((supply) => pushesOf(supply.triggers).some((push) => isSamePush(push, trigger)));
  return builds && built.every((supply) => !touches(supply, stage) || isStartedByEachPush(stage, supply))
    ? undefined
    : 'is not carried out yet apart from a build: the stage is promoted by each one; write every push that starts the supply, as it is written there';
}

/** Whether some push that builds a supply is said to start a stage. */
const touches = (supply: Supply, stage: Stage): boolean =>
  pushesOf(supply.triggers).some((push) => pushesOf(stage.triggers).some((other) => isSamePush(push, other)));

function stageProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  return [
    ...stage.triggers.flatMap((trigger, i): readonly Problem[] => {
      const at = `${path}.triggers[${i}]`;
      if (refused(stageTriggers, trigger.on) !== undefined) return [];
      const problems = [...transportProblems(at, trigger, isMovedByTekton(stage) ? 'webhook' : undefined)];
      if (trigger.on === 'push') {
        const message = pushProblem(delivery, stage, trigger);
        if (message !== undefined) problems.push({ path: at, message });
      }
      if (trigger.on === 'dispatch' || trigger.on === 'schedule') {
        const message = startProblem(delivery, stage, trigger);
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
            message: `is not carried out yet for a repository that holds no source on ${delivery.gitHubHost ?? publicGitHub}; tag the source`,
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
