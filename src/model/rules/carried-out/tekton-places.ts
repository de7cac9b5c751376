import type { TektonBuilder } from '../../builders/tekton-builder.ts';
import { PULL_SECRET_KEY, SSH_SECRET_KEY, TLS_SECRET_KEYS, type Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import { builtSourceOf } from '../../derived/kpack/built-source.ts';
import { isPrivate } from '../../derived/managed-repositories.ts';
import { namespacesOf } from '../../derived/places/namespaces.ts';
import { hostKeyOf, KNOWN_HOSTS_KEY } from '../../derived/tekton/host-keys.ts';
import type { Problem } from '../../problem.ts';
import type { Supply } from '../../supply.ts';

/** What Tekton builds has its place in a cluster: a toolchain, disks, and Secrets in one namespace. */
export const tektonPlaces = (delivery: Delivery): readonly Problem[] =>
  delivery.supplies.flatMap((supply) => {
    const { builder } = supply;
    return builder.kind === 'tekton'
      ? [...placeProblems(delivery, supply, builder), ...credentialProblems(delivery, supply, builder)]
      : [];
  });

function placeProblems(delivery: Delivery, supply: Supply, { workspace, keptRuns }: TektonBuilder): readonly Problem[] {
  const path = `supplies.${supply.name}`;
  const place = (delivery.toolchains ?? []).find(({ name }) => name === supply.toolchain);
  const problems: Problem[] = [];
  if (supply.toolchain === undefined)
    problems.push({
      path: `${path}.toolchain`,
      message: 'is not carried out yet without one; write the name of a toolchain, in which Tekton builds',
    });
  else if (place !== undefined && place.podSecurity === undefined)
    problems.push({
      path: `toolchains.${place.name}.podSecurity`,
      message:
        'must let Kaniko be root of its own container; write { level: "baseline", reason: "Kaniko unpacks base images as root" }',
    });
  if (!/^[1-9]\d*(Mi|Gi|Ti|M|G|T)$/.test(workspace.size))
    problems.push({
      path: `${path}.builder.workspace.size`,
      message: 'must be a size of a disk, e.g. "2Gi"',
      given: workspace.size,
    });
  if (keptRuns !== undefined && !(Number.isInteger(keptRuns) && keptRuns >= 1))
    problems.push({
      path: `${path}.builder.keptRuns`,
      message: 'must be a whole number, 1 or more',
      given: keptRuns,
    });
  return problems;
}

/** A credential that a builder uses, where it says so, and the keys that are read of it. */
interface Used {
  readonly at: string;
  readonly credential: Credential | undefined;
  readonly keys: readonly string[];
}

function credentialProblems(delivery: Delivery, supply: Supply, builder: TektonBuilder): readonly Problem[] {
  const path = `supplies.${supply.name}`;
  const place = (delivery.toolchains ?? []).find(({ name }) => name === supply.toolchain);
  const spaces = place === undefined ? undefined : namespacesOf(place);
  const known = (name: string | undefined): Credential | undefined =>
    delivery.credentials.find((credential) => credential.name === name);
  const pushing = known(builder.pushesWith);
  const kept = pushing?.store.kind === 'kubernetes' ? pushing.store.namespace : undefined;
  const source = builtSourceOf(delivery, supply)?.repository;
  const hostKey = hostKeyOf(source?.url ?? '');
  const used: readonly Used[] = [
    { at: 'builder.pushesWith', credential: pushing, keys: [PULL_SECRET_KEY] },
    {
      at: 'builder.readsWith',
      credential: known(builder.readsWith),
      keys: [SSH_SECRET_KEY, ...(hostKey === undefined ? [KNOWN_HOSTS_KEY] : [])],
    },
    { at: 'builder.listener.certificate', credential: known(builder.listener.certificate), keys: TLS_SECRET_KEYS },
    ...supply.triggers.flatMap((trigger, i): readonly Used[] =>
      trigger.on === 'push'
        ? [{ at: `triggers[${i}].authentication`, credential: known(trigger.authentication), keys: ['secret'] }]
        : [],
    ),
  ];
  return [
    ...used.flatMap(({ at, credential, keys }): readonly Problem[] => {
      if (credential === undefined || spaces === undefined) return [];
      const { store } = credential;
      const found =
        store.kind === 'kubernetes' &&
        store.namespace !== undefined &&
        spaces.includes(store.namespace) &&
        (kept === undefined || store.namespace === kept) &&
        store.keys.join() === keys.join();
      return found
        ? []
        : [
            {
              path: `${path}.${at}`,
              message: `must be one that Tekton finds: { kind: "kubernetes", namespace: "${kept ?? spaces[0] ?? ''}", secretName: "…", keys: ${JSON.stringify(keys)} }`,
              given: credential.name,
            },
          ];
    }),
    ...(source !== undefined && isPrivate(source) && builder.readsWith === undefined
      ? [
          {
            path: `${path}.builder.readsWith`,
            message: `must name a deploy key of ${source.name}, which not everybody may read; or write visibility: "public" there`,
          },
        ]
      : []),
  ];
}
