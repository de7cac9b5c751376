import { timeout } from './long-enough.ts';

/** What is needed of a cluster to remove something from it. */
interface Kubectl {
  /** Runs kubectl and returns whatever happened. */
  kubectl(args: readonly string[]): Promise<unknown>;
  /** Runs kubectl. @throws when it fails */
  run(...args: readonly string[]): Promise<string>;
}

/** Removes what stands for programs that run beside the cluster, and the policies of the suite. */
export async function clearStandIns(cluster: Kubectl, selector: string): Promise<void> {
  await cluster.kubectl(['delete', 'pods', '--namespace=kube-system', selector, '--force', '--grace-period=0']);
  for (const namespace of ['argocd', 'flux-system'])
    await cluster.kubectl(['delete', 'statefulsets.apps,deployments.apps', `--namespace=${namespace}`, selector]);
  await cluster.kubectl([
    'delete',
    'mutatingadmissionpolicies,mutatingadmissionpolicybindings,customresourcedefinitions',
    selector,
  ]);
}

/** Removes environments, their volumes and what engines follow them by, and waits until they are gone. */
export async function clearEnvironments(cluster: Kubectl, environments: readonly string[]): Promise<void> {
  const ours = environments.map((name) => `the-project-${name}`);
  await clearFlux(cluster, ours);
  await clearArgoCd(cluster, ours);
  await cluster.run('delete', 'namespace', '--ignore-not-found', timeout(90), ...environments);
  const volumes = environments.map((name) => `${name}-local-pv`);
  await cluster.run('delete', 'persistentvolume', '--ignore-not-found', timeout(60), ...volumes);
}

async function clearArgoCd(cluster: Kubectl, ours: readonly string[]): Promise<void> {
  const gone = async (kind: string, seconds: number, names: readonly string[]): Promise<void> => {
    await cluster.run('delete', kind, '--namespace=argocd', '--ignore-not-found', timeout(seconds), ...names);
  };
  // Argo CD removes an Application only when no operation is under way, and a failing one is tried again for minutes.
  for (const name of ours)
    await cluster.kubectl([
      'patch',
      'applications.argoproj.io',
      name,
      '--namespace=argocd',
      '--type=merge',
      '--patch={"operation":null}',
    ]);
  await gone('applications.argoproj.io', 90, ours);
  await gone('appprojects.argoproj.io', 30, ours);
  const secrets = ours.map((name) => `${name}-ops`);
  await gone('secrets', 30, secrets);
}

async function clearFlux(cluster: Kubectl, ours: readonly string[]): Promise<void> {
  const gone = async (kinds: string, names: readonly string[]): Promise<void> => {
    await cluster.run('delete', kinds, '--namespace=flux-system', '--ignore-not-found', timeout(60), ...names);
  };
  // Suspended, a Kustomization leaves everything alone that it applied; the namespaces go anyway.
  for (const name of ours)
    await cluster.kubectl([
      'patch',
      'kustomizations.kustomize.toolkit.fluxcd.io',
      name,
      '--namespace=flux-system',
      '--type=merge',
      '--patch={"spec":{"suspend":true}}',
    ]);
  await gone('kustomizations.kustomize.toolkit.fluxcd.io', ours);
  await gone('gitrepositories.source.toolkit.fluxcd.io,receivers.notification.toolkit.fluxcd.io,serviceaccounts', ours);
  await gone(
    'secrets',
    ours.flatMap((name) => [`${name}-ops`, `${name}-push`]),
  );
  await cluster.run('delete', 'clusterroles,clusterrolebindings', '--ignore-not-found', ...ours);
}
