import { isPlainKey, isRunToken, type Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Repository } from '../../model/repository.ts';
import { actions } from './actions.ts';
import { LackingCredential } from './lacking-credential.ts';
import { registryHost } from './registry-host.ts';
import { expression, type Job, type Step } from './workflow.ts';

/** A login that a job needs before it pushes: to which registry, and with which credential. */
export interface DeclaredLogin {
  /** Host of the registry; `docker.io` for Docker Hub. */
  readonly host: string;
  readonly credential: Credential;
}

const dockerHub = 'docker.io';

/** The registry that a credential is for, where it says so or can be for no other. */
const declaredHost = (credential: Credential): string | undefined =>
  credential.registry ?? (isRunToken(credential) ? 'ghcr.io' : undefined);

/**
 * One login for each registry that a job pushes to. A credential is found in the job's GitHub environment, then outside of any:
 * the one that is for the registry, else the one that is for none in particular, where a single registry is left for it.
 *
 * @param images - image repositories that are pushed to
 * @throws LackingCredential for a registry that no credential is for
 */
export function registryLogins(
  delivery: Delivery,
  repository: Repository,
  environment: string,
  images: readonly string[],
): readonly DeclaredLogin[] {
  const candidates = [environment, undefined].flatMap((place) =>
    delivery.credentials.filter(
      ({ purpose, store }) =>
        purpose === 'registryPush' &&
        store.kind === 'githubActions' &&
        store.repository === repository.name &&
        store.environment === place,
    ),
  );
  const hosts = [...new Set(images.map((image) => registryHost(image) ?? dockerHub))];
  const rest = hosts.filter((host) => !candidates.some((candidate) => declaredHost(candidate) === host));
  const general = rest.length === 1 ? candidates.find((candidate) => declaredHost(candidate) === undefined) : undefined;
  return hosts.map((host) => {
    const credential = candidates.find((candidate) => declaredHost(candidate) === host) ?? general;
    if (credential === undefined) throw lacking(repository, environment, host);
    return { host, credential };
  });
}

function lacking({ name }: Repository, environment: string, host: string): LackingCredential {
  const wanted = `registry-${environment}-${host}`;
  return new LackingCredential(
    {
      path: 'credentials',
      message:
        `the workflows of ${name} push to ${host} and log in there with nothing; ` +
        `add { purpose: 'registryPush', registry: '${host}', store: { kind: 'githubActions', repository: '${name}', environment: '${environment}', … } }`,
    },
    {
      name: wanted,
      purpose: 'registryPush',
      holder: wanted,
      store: { kind: 'githubActions', repository: name, environment, keys: ['USERNAME', 'TOKEN'] },
      registry: host,
      scope: wanted,
    },
  );
}

/** The GitHub environment that keeps what a job logs in with, where one does. */
export const environmentOfLogins = (logins: readonly DeclaredLogin[]): { readonly environment?: string } => {
  const [environment] = logins.flatMap(({ credential: { store } }) =>
    store.kind === 'githubActions' && store.environment !== undefined ? [store.environment] : [],
  );
  return environment === undefined ? {} : { environment };
};

/** What a job must be allowed to do so that it may log in: the run's own token pushes packages only where the job may. */
export const registryPermission = (logins: readonly DeclaredLogin[]): Job['permissions'] =>
  logins.some(({ credential }) => isRunToken(credential)) ? { packages: 'write' } : {};

/**
 * Steps that log in; Docker Hub alone needs no host. Keys of the account are where the deployment's stack puts them: the name as a
 * variable, the password as a secret.
 */
export const loginSteps = (logins: readonly DeclaredLogin[]): readonly Step[] =>
  logins.map(({ host, credential }) => {
    const username = credential.store.keys.find(isPlainKey) ?? '';
    const password = credential.store.keys.find((key) => !isPlainKey(key)) ?? '';
    const read = (key: string): string => expression(`${isPlainKey(key) ? 'vars' : 'secrets'}.${key}`);
    const account = isRunToken(credential)
      ? { username: expression('github.actor'), password: expression('secrets.GITHUB_TOKEN') }
      : { username: read(username), password: read(password) };
    return {
      name: host === dockerHub ? 'Log in to the registry' : `Log in to ${host}`,
      uses: actions.dockerLogin,
      with: { ...(host === dockerHub ? {} : { registry: host }), ...account },
    };
  });
