import type { Application } from '../../application.ts';
import { envSourceOf } from '../../container.ts';
import type { Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Environment } from '../../environment.ts';
import { namespaceOfService } from '../../pods/pod-security.ts';
import type { Problem } from '../../problem.ts';
import { oneOf, unknownName } from '../../suggestion.ts';
import { chartLoginsIn } from '../charts/chart-logins.ts';
import { containersOf, databasesIn, externalDatabasesIn, podOwnersIn } from '../place.ts';

/** Something in a namespace that reads a credential. */
interface Use {
  readonly path: string;
  readonly credential: string;
  readonly environment: Environment;
  /** Namespace that it is in. */
  readonly namespace: string;
  /** Key that is read; nothing when all are. */
  readonly key?: string;
  /** Who reads it. @default - pods of the namespace */
  readonly reader?: string;
  /** Purposes that fit; nothing when any does. */
  readonly purpose?: Credential['purpose'];
}

/** Name of the credential behind a database's password. */
const passwordsOf = (
  environment: Environment,
  own: Application,
  { application, of }: { readonly application?: string; readonly of: string },
): readonly string[] => {
  const there = environment.applications.find(({ name }) => name === (application ?? own.name));
  return [...(there?.databases ?? []), ...(there?.externalDatabases ?? [])].flatMap(({ name, credential }) =>
    name === of ? [credential] : [],
  );
};

const usesIn = (delivery: Delivery): readonly Use[] => [
  ...podOwnersIn(delivery).flatMap((place): readonly Use[] => {
    const { path, service, environment } = place;
    const namespace = namespaceOfService(environment, service);
    const pull = service.imagePullCredential;
    return [
      ...(pull === undefined
        ? []
        : [
            {
              path: `${path}.imagePullCredential`,
              credential: pull,
              environment,
              namespace,
              purpose: 'registryRead' as const,
            },
          ]),
      ...(service.volumes ?? []).flatMap((volume) => {
        const at = `${path}.volumes.${volume.name}`;
        if (volume.kind === 'secret') return [{ path: at, credential: volume.credential, environment, namespace }];
        return volume.kind === 'projected'
          ? volume.sources.flatMap((source, i) =>
              source.kind === 'secret'
                ? [{ path: `${at}.sources[${i}]`, credential: source.credential, environment, namespace }]
                : [],
            )
          : [];
      }),
      ...containersOf(place).flatMap(({ path: at, container }) =>
        (container.envFrom ?? [])
          .map(envSourceOf)
          .flatMap((source, i) =>
            source.kind === 'secret'
              ? [{ path: `${at}.envFrom[${i}]`, credential: source.credential, environment, namespace }]
              : [],
          ),
      ),
      ...containersOf(place).flatMap(({ path: at, container }) =>
        Object.entries(container.env ?? {}).flatMap(([name, value]) =>
          typeof value !== 'string' && value.kind === 'secret'
            ? [{ path: `${at}.env.${name}`, credential: value.credential, environment, namespace, key: value.key }]
            : [],
        ),
      ),
      // Those of the application's databases are looked at with these; a pod in another namespace cannot read them.
      ...(namespace === environment.namespace
        ? []
        : containersOf(place).flatMap(({ path: at, container }) =>
            Object.entries(container.env ?? {}).flatMap(([name, value]) =>
              typeof value !== 'string' && value.kind === 'database' && value.property === 'password'
                ? passwordsOf(environment, place.application, value).map((credential) => ({
                    path: `${at}.env.${name}`,
                    credential,
                    environment,
                    namespace,
                  }))
                : [],
            ),
          )),
    ];
  }),
  ...chartLoginsIn(delivery).map(({ path, credential, environment, namespace }) => ({
    path,
    credential,
    environment,
    namespace,
    reader: 'the engine',
    purpose: 'registryRead' as const,
  })),
  ...[...databasesIn(delivery), ...externalDatabasesIn(delivery)].map(({ path, database, environment }) => ({
    path: `${path}.credential`,
    credential: database.credential,
    environment,
    namespace: environment.namespace,
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
  return usesIn(delivery).flatMap(
    ({ path, credential: name, environment, namespace, key, purpose, reader }): readonly Problem[] => {
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
      if ((store.namespace ?? environment.namespace) !== namespace) {
        problems.push({
          path,
          message: `must be in namespace ${namespace}, because ${reader === undefined ? `pods ${namespace === environment.namespace ? '' : 'there '}read` : `${reader} reads`} no other`,
          given: store.namespace ?? environment.namespace,
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
    },
  );
}
