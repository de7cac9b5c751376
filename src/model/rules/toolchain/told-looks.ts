import { TLS_SECRET_KEYS } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import { listenerOf, registryCallsOf } from '../../derived/looks/told-look.ts';
import { lookedFor } from '../../derived/looks/looked-for.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Discovery, Supply } from '../../supply.ts';
import { stagePath } from '../place.ts';

type Told = Extract<Discovery, { readonly kind: 'registryWebhook' }>;

/** A registry tells a CronJob to look as the supply says too: at a listener, with one token that lies beside it. */
export const toldLooks = (delivery: Delivery): readonly Problem[] =>
  delivery.stages
    .filter(({ promoter }) => promoter?.kind === 'cronJob')
    .flatMap((stage) => problemsOf(delivery, stage));

function problemsOf(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const listener = listenerOf(stage);
  const calls = registryCallsOf(stage);
  if (calls.length > 0 && listener === undefined)
    return [
      {
        path: `${path}.promoter.listener`,
        message:
          'is needed where a registry tells of an image; write { address: "https://hooks.acme.example/look" }, or by: "poll" at the trigger',
      },
    ];
  if (listener === undefined) return [];
  if (calls.length === 0)
    return [
      {
        path: `${path}.promoter.listener`,
        message:
          'is told by nobody; write the trigger { on: "artifactPublished", artifact: "…", by: "webhook", authentication: "…" }, or leave it out',
        given: listener.address,
      },
    ];
  return [
    ...callProblems(delivery, stage),
    ...lookedFor(delivery, stage).flatMap(({ name, discovery }) =>
      discovery.kind === 'registryWebhook' && discovery.exclude !== undefined
        ? [
            {
              path: `supplies.${name}.discovery.exclude`,
              message:
                'is not carried out yet where a CronJob looks, which takes tags that fit the scheme alone; leave it out',
              given: discovery.exclude,
            },
          ]
        : [],
    ),
    ...keptProblems(delivery, stage),
  ];
}

/** Each call is one that the supply says too, and all of them have one token. */
function callProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const [first] = registryCallsOf(stage);
  return stage.triggers.flatMap((trigger, i): readonly Problem[] => {
    if (trigger.on !== 'artifactPublished' || trigger.by !== 'webhook') return [];
    const path = `${stagePath(stage)}.triggers[${i}]`;
    const supply = lookedFor(delivery, stage).find(({ artifacts }) => artifacts.includes(trigger.artifact));
    if (supply === undefined) return [];
    const told = toldOf(supply);
    if (told === undefined)
      return [
        {
          path: `${path}.by`,
          message: `must be as the discovery of the supply, which is "${supply.discovery.kind}"; write { kind: "registryWebhook", authentication: "…" } there`,
          given: trigger.by,
        },
      ];
    const expected = first === trigger ? told.authentication : first?.authentication;
    return trigger.authentication === expected || expected === undefined
      ? []
      : [
          {
            path: `${path}.authentication`,
            message: `must be ${expected}, as ${first === trigger ? `supplies.${supply.name}.discovery` : 'the first call'} has it: a listener knows one token`,
            given: trigger.authentication,
          },
        ];
  });
}

const toldOf = ({ discovery }: Supply): Told | undefined =>
  discovery.kind === 'registryWebhook' ? discovery : undefined;

/** What a registry proves itself with, and the certificate of the address, lie beside the listener. */
function keptProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const tools = delivery.toolchains?.find(({ name }) => name === stage.toolchain);
  if (tools === undefined) return [];
  const used = [
    ...stage.triggers.flatMap((trigger, i) =>
      trigger.on === 'artifactPublished' && trigger.by === 'webhook'
        ? [{ at: `triggers[${i}].authentication`, name: trigger.authentication, keys: ['secret'] }]
        : [],
    ),
    { at: 'promoter.listener.certificate', name: listenerOf(stage)?.certificate, keys: TLS_SECRET_KEYS },
  ];
  return used.flatMap(({ at, name, keys }) => {
    const credential = delivery.credentials.find((it) => it.name === name);
    if (credential === undefined) return [];
    const { store } = credential;
    return store.kind === 'kubernetes' && store.namespace === tools.namespace && store.keys.join() === keys.join()
      ? []
      : [
          {
            path: `${path}.${at}`,
            message: `must be one that Tekton finds: { kind: "kubernetes", namespace: "${tools.namespace}", secretName: "…", keys: ${JSON.stringify(keys)} }`,
            given: credential.name,
          },
        ];
  });
}
