import { PULL_SECRET_KEY } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import { lookedFor } from '../../derived/looks/looked-for.ts';
import { suppliesOf } from '../../derived/origins.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import { stagePath } from '../place.ts';
import { fetchedProblems, programImageProblems } from './program-in-cluster.ts';

/** A CronJob moves what it can: it runs in a toolchain, finds in a registry what it promotes, and reaches the repositories in one way. */
export const cronJobStages = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.flatMap((stage) =>
    stage.promoter?.kind === 'cronJob'
      ? [
          ...programImageProblems(stage, stage.promoter.image),
          ...startProblems(delivery, stage),
          ...fetchedProblems(delivery, stage, lookedFor(delivery, stage), `the CronJob of ${stage.name}`),
          ...keptProblems(delivery, stage),
        ]
      : [],
  );

function startProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const looked = lookedFor(delivery, stage);
  return [
    ...(looked.length > 0 && looked.length === suppliesOf(stage, delivery).length
      ? []
      : [
          {
            path: `${path}.intake`,
            message:
              'must be of supplies with the discovery { kind: "registryPoll" }: a CronJob promotes what it finds in the registry',
            given: stage.intake.from === 'supply' ? stage.intake.supplies : stage.intake.from,
          },
        ]),
    ...(stage.triggers.some(({ on }) => on === 'artifactPublished')
      ? []
      : [
          {
            path: `${path}.triggers`,
            message: 'must hold { on: "artifactPublished", artifact: "…", by: "poll" }, as the CronJob looks',
            given: stage.triggers.map(({ on }) => on),
          },
        ]),
    ...stage.triggers.flatMap(({ on }, i) =>
      on === 'artifactPublished' || on === 'manual'
        ? []
        : [
            {
              path: `${path}.triggers[${i}].on`,
              message: 'starts no CronJob; leave it out, or leave the promoter out, so that workflows run the program',
              given: on,
            },
          ],
    ),
    ...(stage.gate.kind === 'humanTag'
      ? [
          {
            path: `${path}.gate.kind`,
            message: 'is not carried out yet where a CronJob promotes; write { kind: "pullRequest" }',
            given: stage.gate.kind,
          },
        ]
      : []),
  ];
}

/** What it proves itself with lies beside it. */
function keptProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const tools = delivery.toolchains?.find(({ name }) => name === stage.toolchain);
  if (stage.toolchain === undefined)
    return [
      {
        path: `${path}.toolchain`,
        message: 'is not carried out yet without one; write the name of a toolchain, in which the CronJob runs',
      },
    ];
  if (tools === undefined) return [];
  const pushing = delivery.credentials.find(({ name }) => name === stage.write.credential);
  const logins = lookedFor(delivery, stage).flatMap(({ name, discovery }) =>
    'login' in discovery ? [{ name, login: discovery.login }] : [],
  );
  return [
    ...(pushing === undefined || liesIn(pushing.store, tools.namespace)
      ? []
      : [
          {
            path: `${path}.write.credential`,
            message: `must be one that the CronJob finds, kept as { kind: "kubernetes", namespace: "${tools.namespace}", … }`,
            given: pushing.name,
          },
        ]),
    ...logins.flatMap(({ name, login }): readonly Problem[] => {
      const found = delivery.credentials.find((it) => it.name === login);
      const at = `supplies.${name}.discovery.login`;
      if (login !== logins[0]?.login)
        return [
          { path: at, message: `must be ${logins[0]?.login ?? ''}: a look has one login for registries`, given: login },
        ];
      return found === undefined ||
        (liesIn(found.store, tools.namespace) && found.store.keys.join() === PULL_SECRET_KEY)
        ? []
        : [
            {
              path: at,
              message: `must be one that the CronJob finds, as Docker keeps logins: { kind: "kubernetes", namespace: "${tools.namespace}", secretName: "…", keys: ["${PULL_SECRET_KEY}"] }`,
              given: login,
            },
          ];
    }),
  ];
}

const liesIn = (store: Delivery['credentials'][number]['store'], namespace: string): boolean =>
  store.kind === 'kubernetes' && store.namespace === namespace;
