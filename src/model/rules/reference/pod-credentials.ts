import { envSourceOf } from '../../container.ts';
import type { Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Environment } from '../../environment.ts';
import type { Problem } from '../../problem.ts';
import { oneOf, unknownName } from '../../suggestion.ts';
import { containersOf, databasesIn, externalDatabasesIn, podOwnersIn } from '../place.ts';

/** Something in a namespace that reads a credential. */
interface Use {
  readonly path: string;
  readonly credential: string;
  readonly environment: Environment;
  /** Key that is read; nothing when all are. */
  readonly key?: string;
  /** Purposes that fit; nothing when any does. */
  readonly purpose?: Credential['purpose'];
}

const usesIn = (delivery: Delivery): readonly Use[] => [
  ...podOwnersIn(delivery).flatMap((place): readonly Use[] => {
    const { path, service, environment } = place;
    const pull = service.imagePullCredential;
    return [
      ...(pull === undefined
        ? []
        : [{ path: `${path}.imagePullCredential`, credential: pull, environment, purpose: 'registryRead' as const }]),
      ...(service.volumes ?? []).flatMap((volume) => {
        const at = `${path}.volumes.${volume.name}`;
        if (volume.kind === 'secret') return [{ path: at, credential: volume.credential, environment }];
        return volume.kind === 'projected'
          ? volume.sources.flatMap((source, i) =>
              source.kind === 'secret'
                ? [{ path: `${at}.sources[${i}]`, credential: source.credential, environment }]
                : [],
            )
          : [];
      }),
      ...containersOf(place).flatMap(({ path: at, container }) =>
        (container.envFrom ?? [])
          .map(envSourceOf)
          .flatMap((source, i) =>
            source.kind === 'secret'
              ? [{ path: `${at}.envFrom[${i}]`, credential: source.credential, environment }]
              : [],
          ),
      ),
      ...containersOf(place).flatMap(({ path: at, container }) =>
        Object.entries(container.env ?? {}).flatMap(([name, value]) =>
          typeof value !== 'string' && value.kind === 'secret'
            ? [{ path: `${at}.env.${name}`, credential: value.credential, environment, key: value.key }]
            : [],
        ),
      ),
    ];
  }),
  ...[...databasesIn(delivery), ...externalDatabasesIn(delivery)].map(({ path, database, environment }) => ({
    path: `${path}.credential`,
    credential: database.credential,
    environment,
    key: database.passwordKey ?? 'POSTGRES_PASSWORD',
    purpose: 'database' as const,
  })),
];

/** A credential that pods use is a Secret of their namespace, has the key, and is for that purpose. */
export function podCredentials(delivery: Delivery): readonly Problem[] {
  const declared = new Map(
    delivery.environments.map((environment) => [
      environment,
      new Map(environment.credentials.map((it) => [it.name, it])),
    ]),
  );
  return usesIn(delivery).flatMap(({ path, credential: name, environment, key, purpose }): readonly Problem[] => {
    const credentials = declared.get(environment);
    const credential = credentials?.get(name);
    if (credential === undefined)
      return [
        {
          path,
          message: unknownName(`credential in ${environment.name}`, name, [...(credentials?.keys() ?? [])]),
          given: name,
        },
      ];
    const { store } = credential;
    if (store.kind !== 'kubernetes')
      return [{ path, message: 'must be kept as a Kubernetes Secret, because pods read nothing else', given: name }];
    const problems: Problem[] = [];
    if ((store.namespace ?? environment.namespace) !== environment.namespace) {
      problems.push({
        path,
        message: `must be in namespace ${environment.namespace}, because pods read no other`,
        given: store.namespace,
      });
    }
    if (key !== undefined && !store.keys.includes(key))
      problems.push({
        path,
        message: `${name} has no such key; ${store.keys.length === 0 ? 'give it keys' : `write ${oneOf(store.keys)}`}`,
        given: key,
      });
    if (purpose !== undefined && credential.purpose !== purpose)
      problems.push({
        path,
        message: `must be for the purpose "${purpose}", and ${name} is for another`,
        given: credential.purpose,
      });
    return problems;
  });
}
