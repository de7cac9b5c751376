import { isPlainKey, isRunToken, type Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Repository } from '../../model/repository.ts';
import { actions } from './actions.ts';
import { LackingCredential } from './lacking-credential.ts';
import { registryHost } from './registry-host.ts';
import { expression, type Job, type Step } from './workflow.ts';

/** A login that a job needs before it pushes or reads: to which registry, and with which credential. */
export interface DeclaredLogin {
  /** Host of the registry; `docker.io` for Docker Hub. */
  readonly host: string;
  readonly credential: Credential;
}

const dockerHub = 'docker.io';

/** The registry that a credential is for, where it says so or can be for no other. */
const declaredHost = (credential: Credential): string | undefined =>
  credential.registry ?? (isRunToken(credential) ? 'ghcr.io' : undefined);

/** What a job does in a registry that it logs in to. */
type Use = 'registryPush' | 'registryRead';

/**
 * One login for each registry that a job pushes to, or reads charts from. A credential is found in the job's GitHub environment, then outside of any:
 * the one that is for the registry, else the one that is for none in particular, where a single registry is left for it.
 *
 * @param images - repositories of images or charts in it
 * @param purpose - what is done there
 * @throws LackingCredential for a registry that no credential is for
 */
export function registryLogins(
  delivery: Delivery,
  repository: Repository,
  environment: string,
  images: readonly string[],
  purpose: Use = 'registryPush',
): readonly DeclaredLogin[] {
  const candidates = [environment, undefined].flatMap((place) =>
    delivery.credentials.filter(
      ({ purpose: declared, store }) =>
        declared === purpose &&
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
    if (credential === undefined) throw lacking(repository, environment, host, purpose);
    return { host, credential };
  });
}

function lacking({ name }: Repository, environment: string, host: string, purpose: Use): LackingCredential {
  const wanted = `registry-${environment}-${host}`;
  const does = purpose === 'registryPush' ? `push to ${host}` : `have Helm try charts of ${host}`;
  return new LackingCredential(
    {
      path: 'credentials',
      message:
        `the workflows of ${name} ${does} and log in there with nothing; ` +
        `add { purpose: '${purpose}', registry: '${host}', store: { kind: 'githubActions', repository: '${name}', environment: '${environment}', … } }`,
    },
    {
      name: wanted,
      purpose,
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
