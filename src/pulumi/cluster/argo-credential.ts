import type { KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import type { Problem } from '../../model/problem.ts';
import { isArgoRead } from '../credential-keys.ts';
import { clusterCredentials, type ClusterCredential } from './environment-secrets.ts';

/** What the rendered Applications say of Argo CD. */
export interface ArgoCd {
  /** Namespace that the Applications live in. */
  readonly namespace: string;
  /** Names of the Applications, in the order of their files. */
  readonly applications: readonly string[];
  /** AppProject that they belong to. */
  readonly project: string;
  /** URL under which they read the ops repository. */
  readonly repository: string;
}

const mapping = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads what the rendered Applications say. @throws when there is none */
export function argoCdOf(environment: Environment, bootstrap: readonly KubernetesObject[]): ArgoCd {
  const applications = bootstrap.filter((object) => object.kind === 'Application');
  const [first] = applications;
  if (first?.metadata.namespace === undefined)
    throw new Error(`portolan: environments.${environment.name}: bootstrap/ has no Application with a namespace`);
  const spec = mapping(first['spec']);
  return {
    namespace: first.metadata.namespace,
    applications: applications.map((application) => application.metadata.name),
    project: textOf(spec['project']),
    repository: textOf(mapping(spec['source'])['repoURL']),
  };
}

/** Whether a credential is an SSH key, for which GitHub has deploy keys. */
export const isSshKey = (credential: ClusterCredential): boolean => credential.store.keys.includes('sshPrivateKey');

/** The credentials with which Argo CD reads the ops repository. */
export const argoCredentials = (environment: Environment): readonly ClusterCredential[] =>
  clusterCredentials(environment).filter(isArgoRead);

/**
 * Fields that make a Secret a repository credential of Argo CD. It belongs to the AppProject, so that environments that share an
 * Argo CD keep a credential each.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export const argoFields = (argoCd: ArgoCd, credential: ClusterCredential): Readonly<Record<string, string>> => ({
  type: 'git',
  url: argoCd.repository,
  project: argoCd.project,
  name: credential.store.secretName,
});

/** Label by which Argo CD finds repository credentials. */
export const argoLabels = { 'argocd.argoproj.io/secret-type': 'repository' } as const;

/** That the key fits the address: an SSH key opens only an SSH address, and the other way round. */
export function argoCredentialProblems(environment: Environment, argoCd: ArgoCd): readonly Problem[] {
  const isHttp = /^https?:/.test(argoCd.repository);
  return argoCredentials(environment).flatMap((credential) => {
    if (isSshKey(credential) !== isHttp) return [];
    const path = `environments.${environment.name}.credentials.${credential.name}.store.keys`;
    return [
      {
        path,
        message: isHttp
          ? 'Argo CD reads an https address, which an SSH key does not open; write githubAppID, githubAppInstallationID and githubAppPrivateKey, or username and password'
          : 'Argo CD reads an SSH address, which needs the key sshPrivateKey',
        given: argoCd.repository,
      },
    ];
  });
}
