import type { EngineAtSetUp, RenderedBinding } from '../../engines/engine-at-set-up.ts';
import type { AnyEngine } from '../../engines/engine.ts';
import type { Environment } from '../../model/environment.ts';
import type { Problem } from '../../model/problem.ts';
import { isEngineRead } from '../credential-keys.ts';
import { clusterCredentials, type ClusterCredential } from './environment-secrets.ts';

/** Whether a credential is an SSH key to an engine, for which GitHub has deploy keys. */
export const holdsSshKey =
  ({ sshKey }: Pick<AnyEngine, 'sshKey'>) =>
  ({ store }: ClusterCredential): boolean =>
    store.keys.includes(sshKey);

/** The credentials with which the engine reads the ops repository. */
export const engineCredentials = (environment: Environment): readonly ClusterCredential[] =>
  clusterCredentials(environment).filter(isEngineRead);

/** That the key fits the address that the engine reads. */
export const engineCredentialProblems = (
  environment: Environment,
  engine: EngineAtSetUp,
  { repository }: RenderedBinding,
): readonly Problem[] =>
  engineCredentials(environment).flatMap((credential) => {
    const message = engine.keyProblem(repository, credential);
    const path = `environments.${environment.name}.credentials.${credential.name}.store.keys`;
    return message === undefined ? [] : [{ path, message, given: repository }];
  });
