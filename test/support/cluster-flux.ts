import type { KubernetesObject } from '../../src/model/application.ts';
import { fieldAt, listAt, textAt } from '../../src/objects/fields-at.ts';
import type { ClusterEngine } from './cluster-engine.ts';
import { until, type ThrowAwayCluster } from './cluster.ts';
import { timeout } from './long-enough.ts';
import { untilSaid } from './until-said.ts';

/** Namespace that Flux runs in. */
export const fluxNamespace = 'flux-system';

/** What Flux says of an environment. */
interface KustomizationState {
  /** Whether the status is about the object as it is. */
  readonly isCurrent: boolean;
  /** Status of the condition Ready, and why. */
  readonly ready: string;
  readonly reason: string;
  readonly message: string;
  /** What is under way. */
  readonly reconciling: string;
  /** Commit that was applied and became healthy, and the one that was tried last. */
  readonly applied: string;
  readonly tried: string;
}

/** Flux of the cluster, asked and watched through its own objects. */
export class Flux implements ClusterEngine {
  readonly kind = 'flux';
  readonly title = 'Flux';
  readonly namespace = fluxNamespace;
  readonly refusal = 'not applied';
  private readonly cluster: ThrowAwayCluster;

  constructor(cluster: ThrowAwayCluster) {
    this.cluster = cluster;
  }

  async live(environment: string): Promise<KubernetesObject | undefined> {
    return this.cluster.get('kustomizations.kustomize.toolkit.fluxcd.io', nameOf(environment), fluxNamespace);
  }

  async state(environment: string): Promise<KustomizationState> {
    const live = await this.live(environment);
    const condition = (type: string): unknown =>
      listAt(live, 'status', 'conditions').find((one) => textAt(one, 'type') === type);
    const ready = condition('Ready');
    return {
      isCurrent: fieldAt(ready, 'observedGeneration') === fieldAt(live, 'metadata', 'generation'),
      ready: textAt(ready, 'status'),
      reason: textAt(ready, 'reason'),
      message: textAt(ready, 'message'),
      reconciling: textAt(condition('Reconciling'), 'message'),
      applied: commitOf(textAt(live, 'status', 'lastAppliedRevision')),
      tried: commitOf(textAt(live, 'status', 'lastAttemptedRevision')),
    };
  }

  limitsOfCluster(environment: string): readonly string[] {
    return [`ClusterRole/${nameOf(environment)}`, `ClusterRoleBinding/${nameOf(environment)}`];
  }

  watched(environment: string): string {
    return `Kustomization/${nameOf(environment)}`;
  }

  async tracked(environment: string): Promise<ReadonlySet<string>> {
    const live = await this.live(environment);
    return new Set(
      listAt(live, 'status', 'inventory', 'entries').map((entry) => {
        const [, name = '', , kind = ''] = textAt(entry, 'id').split('_');
        return `${kind}/${name}`;
      }),
    );
  }

  /** Looks at the branch and at the cluster now: what a push to a Receiver does, and what an edit by hand does not. */
  async announce(environment: string): Promise<void> {
    await this.cluster.run(
      'annotate',
      'gitrepositories.source.toolkit.fluxcd.io,kustomizations.kustomize.toolkit.fluxcd.io',
      nameOf(environment),
      `--namespace=${fluxNamespace}`,
      '--overwrite',
      `reconcile.fluxcd.io/requestedAt=${Date.now()}`,
    );
  }

  async settles(environment: string, commit: string, seconds = 60): Promise<number> {
    const start = performance.now();
    await this.says(
      environment,
      `is Ready at ${commit.slice(0, 12)}`,
      seconds,
      ({ isCurrent, ready, applied }) => isCurrent && ready === 'True' && applied === commit,
    );
    return (performance.now() - start) / 1000;
  }

  async applies(environment: string, commit: string, seconds = 60): Promise<void> {
    await this.says(
      environment,
      'has applied it',
      seconds,
      ({ isCurrent, tried, ready, reason, reconciling }) =>
        isCurrent &&
        tried === commit &&
        (ready === 'True' || reason === 'HealthCheckFailed' || isChecking(reconciling, commit)),
    );
  }

  async rollsOut(environment: string, commit: string, seconds = 60): Promise<void> {
    await this.says(
      environment,
      'rolls it out',
      seconds,
      // Where the look before it was broken off, that is what Ready says until this one has ended.
      ({ tried, ready, reason, reconciling }) =>
        tried === commit &&
        (ready === 'Unknown' || reason === 'HealthCheckCanceled') &&
        isChecking(reconciling, commit),
    );
  }

  async refuses(environment: string, commit: string, seconds = 60): Promise<string> {
    const { message } = await this.says(
      environment,
      'cannot apply it',
      seconds,
      ({ tried, ready, reason }) => tried === commit && ready === 'False' && reason !== 'HealthCheckFailed',
    );
    return message;
  }

  async keepsTrying(environment: string): Promise<boolean> {
    const { ready, reconciling } = await this.state(environment);
    return ready !== 'True' && reconciling !== '';
  }

  async isDegraded(environment: string): Promise<boolean> {
    const { ready, message } = await this.state(environment);
    return ready === 'False' && message.includes("status: 'Failed'");
  }

  /** A newer commit, or a look that is asked for, ends whatever it does. */
  async abandon(environment: string): Promise<void> {
    await this.announce(environment);
  }

  async remove(environment: string): Promise<void> {
    await this.cluster.run(
      'delete',
      'kustomizations.kustomize.toolkit.fluxcd.io',
      nameOf(environment),
      `--namespace=${fluxNamespace}`,
      timeout(90),
    );
    // Flux deletes in the background, and does not wait for the end of what it deleted.
    await until(`the pods of ${environment} are gone`, 60, async () =>
      (await this.cluster.list('pods,replicasets.apps', environment)).length === 0 ? true : undefined,
    );
  }

  private async says(
    environment: string,
    what: string,
    seconds: number,
    holds: (state: KustomizationState) => boolean,
  ): Promise<KustomizationState> {
    return untilSaid(`${environment} ${what}`, seconds, () => this.state(environment), holds);
  }
}

const nameOf = (environment: string): string => `the-project-${environment}`;

const commitOf = (revision: string): string => revision.replace(/^.*@sha1:/, '');

const isChecking = (reconciling: string, commit: string): boolean =>
  reconciling.startsWith('Running health checks') && reconciling.includes(commit);
