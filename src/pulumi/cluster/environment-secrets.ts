import { isMadeInCluster, type Credential } from '../../model/credential.ts';
import type { Environment } from '../../model/environment.ts';
import { databaseNames } from '../../model/names.ts';
import type { ObjectKey } from './object-key.ts';

/** A credential that is kept in a Kubernetes Secret. */
export type ClusterCredential = Credential & {
  readonly store: Extract<Credential['store'], { readonly kind: 'kubernetes' }>;
};

/** Annotation of a Secret that this program made: the generation of its values. */
export const generationAnnotation = 'portolan/generation';

/** The credentials of an environment that its cluster keeps, and whose Secrets something of the cluster does not make itself. */
export const clusterCredentials = (environment: Environment): readonly ClusterCredential[] =>
  environment.credentials.flatMap((credential) =>
    credential.store.kind === 'kubernetes' && !isMadeInCluster(credential)
      ? [{ ...credential, store: credential.store }]
      : [],
  );

/** The Secret that keeps a credential. */
export const secretKey = (environment: Environment, { store }: ClusterCredential): ObjectKey => ({
  apiVersion: 'v1',
  kind: 'Secret',
  name: store.secretName,
  namespace: store.namespace ?? environment.namespace,
});

/** The volume claims of the databases that a credential opens; where one exists, its database has a password already. */
export const claimsBehind = (environment: Environment, credential: Credential): readonly ObjectKey[] =>
  environment.applications
    .flatMap((application) => application.databases ?? [])
    .filter((database) => database.credential === credential.name)
    .map((database) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      name: databaseNames(environment, database).claim,
      namespace: environment.namespace,
    }));
