import { PULL_SECRET_KEY } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import { orderOfTags } from '../../derived/flux-images/order-of-tags.ts';
import { foundByFlux, isMovedByFlux, movedByFlux } from '../../derived/flux-images/found-by-flux.ts';
import { suppliesOf } from '../../derived/origins.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import { stagePath } from '../place.ts';

/** Flux's image automation moves what it can: from a toolchain, what it finds in a registry, in an order that only ever grows, with no gate before it. */
export const fluxImagesStages = (delivery: Delivery): readonly Problem[] => {
  const moved = delivery.stages.filter(isMovedByFlux);
  const artifacts = new Set(moved.flatMap((stage) => movedByFlux(delivery, stage)));
  return [
    ...moved.flatMap((stage) => [
      ...startProblems(delivery, stage),
      ...writeProblems(stage),
      ...keptProblems(delivery, stage),
    ]),
    ...[...artifacts].flatMap(({ name, scheme }) => {
      const order = orderOfTags(`artifacts.${name}.scheme`, scheme);
      return 'problems' in order ? order.problems : [];
    }),
  ];
};

function startProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const found = foundByFlux(delivery, stage);
  const runs = new Set(found.flatMap(({ artifacts }) => artifacts));
  const charts = delivery.artifacts.filter(({ kind, name }) => kind === 'chart' && runs.has(name));
  return [
    ...(found.length > 0 && found.length === suppliesOf(stage, delivery).length
      ? []
      : [
          {
            path: `${path}.intake`,
            message:
              'must be of supplies with the discovery { kind: "registryPoll" }: Flux writes what it finds in the registry',
            given: stage.intake.from === 'supply' ? stage.intake.supplies : stage.intake.from,
          },
        ]),
    ...charts.map(({ name }) => ({
      path: `${path}.promoter.kind`,
      message: `is not carried out yet for charts, and ${name} is one; leave the promoter out, so that workflows and people move them`,
      given: stage.promoter?.kind,
    })),
    ...(stage.triggers.some((trigger) => trigger.on === 'artifactPublished' && trigger.by === 'poll')
      ? []
      : [
          {
            path: `${path}.triggers`,
            message: 'must hold { on: "artifactPublished", artifact: "…", by: "poll" }, as Flux looks',
            given: stage.triggers.map(({ on }) => on),
          },
        ]),
    ...stage.triggers.flatMap(({ on }, i) =>
      on === 'artifactPublished' || on === 'manual'
        ? []
        : [
            {
              path: `${path}.triggers[${i}].on`,
              message:
                'starts nothing of Flux; leave it out, or leave the promoter out, so that workflows run the program',
              given: on,
            },
          ],
    ),
    ...found.flatMap((supply) => {
      const unfit = delivery.artifacts.some(
        ({ name, scheme }) => supply.artifacts.includes(name) && scheme.kind === 'numeric',
      );
      return supply.builder.kind === 'githubActions' && unfit
        ? [
            {
              path: `supplies.${supply.name}.builder.kind`,
              message:
                'tags each image with its commit, in which Flux finds no such numbers; write the scheme { kind: "semver" }, or { kind: "external", by: "…" } for a build that writes the time into the tag',
              given: supply.builder.kind,
            },
          ]
        : [];
    }),
    ...found.flatMap(({ name, discovery }) => {
      if (discovery.kind !== 'registryPoll') return [];
      const { intervalMinutes: minutes } = discovery;
      return minutes === undefined || (Number.isInteger(minutes) && minutes >= 1)
        ? []
        : [
            {
              path: `supplies.${name}.discovery.intervalMinutes`,
              message: 'must be a whole number, 1 or more',
              given: minutes,
            },
          ];
    }),
  ];
}

function writeProblems(stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  return [
    ...(stage.gate.kind === 'none'
      ? []
      : [
          {
            path: `${path}.gate.kind`,
            message:
              'is not carried out yet where Flux writes, which opens no pull request; write { kind: "none" }, or leave the promoter out',
            given: stage.gate.kind,
          },
        ]),
    ...(['rebuild', 'versions'] as const).flatMap((key) =>
      stage[key] === undefined || stage[key] === false
        ? []
        : [
            {
              path: `${path}.${key}`,
              message: 'is not carried out yet where Flux writes; leave it out',
              given: stage[key],
            },
          ],
    ),
    ...(stage.write.message.includes('{{')
      ? [
          {
            path: `${path}.write.message`,
            message: 'must not hold "{{", which Flux takes for the beginning of an expression',
            given: stage.write.message,
          },
        ]
      : []),
  ];
}

/** What it proves itself with lies beside it. */
function keptProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  if (stage.toolchain === undefined)
    return [
      {
        path: `${path}.toolchain`,
        message: 'is not carried out yet without one; write the name of a toolchain, in which Flux looks for images',
      },
    ];
  const tools = delivery.toolchains?.find(({ name }) => name === stage.toolchain);
  if (tools === undefined) return [];
  const named = (credential: string): Delivery['credentials'][number] | undefined =>
    delivery.credentials.find(({ name }) => name === credential);
  const isKept = ({ store }: Delivery['credentials'][number]): boolean =>
    store.kind === 'kubernetes' && store.namespace === tools.namespace;
  const pushing = named(stage.write.credential);
  return [
    ...(pushing === undefined || isKept(pushing)
      ? []
      : [
          {
            path: `${path}.write.credential`,
            message: `must be one that Flux finds, kept as { kind: "kubernetes", namespace: "${tools.namespace}", … }`,
            given: pushing.name,
          },
        ]),
    ...foundByFlux(delivery, stage).flatMap(({ name, discovery }) => {
      const login =
        discovery.kind === 'registryPoll' && discovery.login !== undefined ? named(discovery.login) : undefined;
      return login === undefined || (isKept(login) && login.store.keys.join() === PULL_SECRET_KEY)
        ? []
        : [
            {
              path: `supplies.${name}.discovery.login`,
              message: `must be one that Flux finds, as Docker keeps logins: { kind: "kubernetes", namespace: "${tools.namespace}", secretName: "…", keys: ["${PULL_SECRET_KEY}"] }`,
              given: login.name,
            },
          ];
    }),
  ];
}
