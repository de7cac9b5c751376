import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { PlatformSettings, Settings } from '../../../src/model/settings/settings.ts';
import type { ClusterFacts } from '../../../src/pulumi/cluster/cluster-facts.ts';
import type { StackContext } from '../../../src/pulumi/stack-context.ts';
import { StackState } from '../../../src/pulumi/state/stack-state.ts';
import { StackSecrets } from '../../../src/pulumi/stack-secrets.ts';
import { deployKey } from './deploy-key.ts';
import { guardedDelivery } from './guarded-delivery.ts';

/** What is rendered to `bootstrap/`, as the tests need it. */
export const bootstrapOf = (
  environment: Environment,
  repoURL = 'git@github.com:acme/shop-ops.git',
): readonly KubernetesObject[] => [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: environment.namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: `shop-${environment.name}`, namespace: 'argocd' },
    spec: { sourceRepos: [repoURL] },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: `shop-${environment.name}`, namespace: 'argocd' },
    spec: { project: `shop-${environment.name}`, source: { repoURL, targetRevision: `env/${environment.name}` } },
  },
];

/** Values that must never be seen outside of a secret. */
export const planted = {
  token: 'planted-token-1f0c',
  privateKey: 'planted-app-key-77aa',
  registry: 'planted-registry-token-90de',
  bank: 'planted-bank-token-4b1e',
  password: 'planted-password-c3d4',
  deployKey,
} as const;

/** Secrets of a stack of {@link guardedDelivery}, complete. */
export const secretsOf = (stack: string): Readonly<Record<string, unknown>> =>
  stack === 'platform'
    ? { registry: { REGISTRY_TOKEN: planted.registry, REGISTRY_USERNAME: 'acme' } }
    : {
        'ops-read': planted.deployKey,
        [`promotion-${stack}`]: planted.privateKey,
        ...(stack === 'prod' ? { 'bank-token': planted.bank } : {}),
      };

export const gitHub: PlatformSettings['github'] = {
  owner: 'acme',
  plan: 'team',
  ownerKind: 'organization',
  appId: 4711,
};

/** Settings with a context for every environment. */
export const settingsFor = (delivery: Delivery): Settings => ({
  platform: {
    opsRepository: 'https://github.com/acme/shop-ops.git',
    protect: true,
    github: gitHub,
  },
  environments: Object.fromEntries(
    delivery.environments.map(({ name }) => [
      name,
      { replicas: {}, generations: {}, adopt: false, kubernetesContext: 'kind-shop' },
    ]),
  ),
});

/** A cluster with Argo CD and nothing else. */
export const emptyCluster: ClusterFacts = { existing: new Set(), secrets: new Map() };

/** A stack of {@link guardedDelivery} that lacks nothing, with changes. */
export function contextFor(
  stack: string,
  changes: Partial<StackContext> = {},
): StackContext & { readonly warnings: readonly string[] } {
  const delivery = changes.delivery ?? guardedDelivery();
  const warnings: string[] = [];
  return {
    stack,
    delivery,
    settings: settingsFor(delivery),
    files: {},
    secrets: new StackSecrets(secretsOf(stack)),
    preview: false,
    bootstrap: (environment) => Promise.resolve(bootstrapOf(environment)),
    defaultBranchFiles: () => new Map([['.github/workflows/portolan-guard.yaml', 'on: pull_request_target\n']]),
    lookUpGitHub: () =>
      Promise.resolve({
        numbers: new Map([
          ['releasers', 31],
          ['alice', 52],
        ]),
        missingRepositories: [],
        appInstalled: true,
      }),
    lookUpExisting: () => Promise.resolve(new Map<string, string>()),
    isPublished: () => Promise.resolve(true),
    lookUpCluster: () => Promise.resolve(emptyCluster),
    state: () => Promise.resolve(new StackState([])),
    committedFile: () => Promise.resolve({}),
    warn: (message) => warnings.push(message),
    ...changes,
    warnings,
  };
}
