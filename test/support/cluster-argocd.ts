import { fieldAt, listAt, textAt } from '../../src/objects/fields-at.ts';
import type { ClusterEngine } from './cluster-engine.ts';
import type { ThrowAwayCluster } from './cluster.ts';
import { timeout } from './long-enough.ts';
import { untilSaid } from './until-said.ts';

/** What Argo CD says of an environment. */
export interface ApplicationState {
  readonly sync: string;
  readonly health: string;
  readonly revision: string;
  /** Phase of the last operation, and the commit it was for. */
  readonly phase: string;
  readonly operationRevision: string;
  readonly message: string;
  readonly conditions: readonly string[];
  /** Why the last sync could not apply an object, as `Kind/name: reason`. */
  readonly refused: readonly string[];
}

/** Argo CD of the cluster, asked and watched through its own objects. */
export class ArgoCd implements ClusterEngine {
  readonly kind = 'argocd';
  readonly title = 'Argo CD';
  readonly namespace = 'argocd';
  readonly refusal = 'not synced';
  private readonly cluster: ThrowAwayCluster;

  constructor(cluster: ThrowAwayCluster) {
    this.cluster = cluster;
  }

  async state(environment: string): Promise<ApplicationState> {
    const live = await this.cluster.get('applications.argoproj.io', `the-project-${environment}`, 'argocd');
    return {
      sync: textAt(live, 'status', 'sync', 'status'),
      health: textAt(live, 'status', 'health', 'status'),
      revision: textAt(live, 'status', 'sync', 'revision'),
      phase: textAt(live, 'status', 'operationState', 'phase'),
      operationRevision: textAt(live, 'status', 'operationState', 'operation', 'sync', 'revision'),
      message: textAt(live, 'status', 'operationState', 'message'),
      conditions: listAt(live, 'status', 'conditions').map((condition) => textAt(condition, 'message')),
      refused: listAt(live, 'status', 'operationState', 'syncResult', 'resources').flatMap((one) =>
        textAt(one, 'status') === 'SyncFailed'
          ? [`${textAt(one, 'kind')}/${textAt(one, 'name')}: ${textAt(one, 'message')}`]
          : [],
      ),
    };
  }

  limitsOfCluster(): readonly string[] {
    return [];
  }

  watched(environment: string): string {
    return `Application/the-project-${environment}`;
  }

  async tracked(environment: string): Promise<ReadonlySet<string>> {
    const live = await this.cluster.get('applications.argoproj.io', `the-project-${environment}`, 'argocd');
    return new Set(listAt(live, 'status', 'resources').map((one) => `${textAt(one, 'kind')}/${textAt(one, 'name')}`));
  }

  async announce(environment: string): Promise<void> {
    await this.cluster.run(
      'annotate',
      'applications.argoproj.io',
      `the-project-${environment}`,
      '--namespace=argocd',
      '--overwrite',
      'argocd.argoproj.io/refresh=normal',
    );
  }

  /** Waits until Argo CD says something. @throws after so many seconds, with what it says instead */
  async says(
    environment: string,
    what: string,
    seconds: number,
    holds: (state: ApplicationState) => boolean,
  ): Promise<ApplicationState> {
    return untilSaid(`${environment} ${what}`, seconds, () => this.state(environment), holds);
  }

  async settles(environment: string, revision: string, seconds = 60): Promise<number> {
    const start = performance.now();
    await this.says(environment, `is Synced and Healthy at ${revision.slice(0, 12)}`, seconds, (state) =>
      isSettled(state, revision),
    );
    return (performance.now() - start) / 1000;
  }

  async applies(environment: string, commit: string, seconds = 60): Promise<void> {
    await this.says(
      environment,
      'has applied it',
      seconds,
      ({ revision, phase, operationRevision }) =>
        revision === commit && phase === 'Succeeded' && (operationRevision === '' || operationRevision === commit),
    );
  }

  async rollsOut(environment: string, commit: string, seconds = 60): Promise<void> {
    await this.says(
      environment,
      'rolls it out',
      seconds,
      ({ revision, health, phase }) => revision === commit && health === 'Progressing' && phase !== '',
    );
  }

  async refuses(environment: string, commit: string, seconds = 60): Promise<string> {
    const { conditions, refused } = await this.says(
      environment,
      'cannot apply it',
      seconds,
      (state) =>
        (state.operationRevision === commit && state.refused.length > 0) ||
        state.conditions.some((message) => message.startsWith('Failed to load target state')),
    );
    return [...conditions, ...refused].join('\n');
  }

  async keepsTrying(environment: string): Promise<boolean> {
    return (await this.state(environment)).phase === 'Running';
  }

  async isDegraded(environment: string): Promise<boolean> {
    return (await this.state(environment)).health === 'Degraded';
  }

  async remove(environment: string): Promise<void> {
    await this.cluster.run(
      'delete',
      'applications.argoproj.io',
      `the-project-${environment}`,
      '--namespace=argocd',
      timeout(90),
    );
  }

  /** While there is an operation, Argo CD neither starts another nor removes the Application. */
  async abandon(environment: string): Promise<void> {
    await this.cluster.kubectl([
      'patch',
      'applications.argoproj.io',
      `the-project-${environment}`,
      '--namespace=argocd',
      '--type=merge',
      '--patch={"operation":null}',
    ]);
  }

  /** How objects are tracked: `annotation`, Argo CD's default, or `label`. */
  async trackBy(method: 'annotation' | 'label' | undefined): Promise<void> {
    const data = JSON.stringify({ data: { 'application.resourceTrackingMethod': method ?? null } });
    await this.cluster.run('patch', 'configmap', 'argocd-cm', '--namespace=argocd', '--type=merge', `--patch=${data}`);
  }
}

/** Synced and Healthy alone is not enough: both can show while a failed operation still runs. */
const isSettled = ({ sync, health, revision, phase }: ApplicationState, expected: string): boolean =>
  sync === 'Synced' && health === 'Healthy' && revision === expected && (phase === '' || phase === 'Succeeded');

/** Whether a live Deployment or StatefulSet runs what it should, all of it. */
export function isRolledOut(workload: unknown): boolean {
  const wanted = fieldAt(workload, 'spec', 'replicas');
  return (
    fieldAt(workload, 'status', 'readyReplicas') === wanted && fieldAt(workload, 'status', 'updatedReplicas') === wanted
  );
}
