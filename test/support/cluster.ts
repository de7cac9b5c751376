import { execa } from 'execa';
import type { KubernetesObject } from '../../src/model/application.ts';
import { listAt, textAt } from '../../src/objects/fields-at.ts';
import { clearEnvironments, clearStandIns } from './cluster-clearing.ts';
import { longEnough, timeout } from './long-enough.ts';
import { soleUse } from './sole-use.ts';

/** What a program that ended left behind. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a kubectl command differs from the usual one. */
export interface KubectlOptions {
  /** Given on standard input. */
  readonly input?: string;
}

/** Namespaces that come with a cluster, an Argo CD or an ingress controller. */
const usualNamespaces = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'kube-flannel',
  'argocd',
  'flux-system',
  'local-path-storage',
  'traefik',
];

/** Says that a cluster is this suite's to change; left behind when a run was broken off. */
const marker = 'portolan-e2e';

const environments = ['staging', 'production'];

/** What a person does who wants to run this suite. */
const howTo = `the cluster tests need a throw-away cluster, named by KUBECONFIG, with
  - Kubernetes 1.36 or later (they mark pods with a MutatingAdmissionPolicy), kubectl and git
  - Argo CD 3.2 or later in the namespace argocd, Flux 2.7 or later in flux-system, and the definitions of Traefik 3 (traefik.io)
  - a StorageClass local-path
Both must reach a Git server on this machine: at 127.0.0.1, or at the host that PORTOLAN_E2E_GIT_HOST names, e.g. host.k3d.internal.
PORTOLAN_E2E_FLUX_RECEIVER names the address at which this machine reaches the webhooks of Flux's notification-controller.
Everything in the namespaces staging and production is removed. To run the other tests alone: npm run e2e -- test/e2e/postgres test/e2e/nats`;

/** A cluster that the tests may do anything to, through kubectl. */
export class ThrowAwayCluster {
  private constructor(
    /** Context of the kubeconfig. */
    readonly context: string,
    /** Kubernetes line of the API server, e.g. `1.36`. */
    readonly line: string,
    /** A node that pods are put on. */
    readonly node: string,
    /** Whether pods are made Ready without running anything. */
    readonly isSimulated: boolean,
    private readonly giveBack: () => void,
  ) {}

  /**
   * Waits until no other tests have the cluster that `KUBECONFIG` names, opens it, and takes away what an earlier run left.
   *
   * @throws with everything that it lacks, and when it looks like somebody's own
   */
  static async open(): Promise<ThrowAwayCluster> {
    if ((process.env['KUBECONFIG'] ?? '') === '') throw new Error(`KUBECONFIG is not set; ${howTo}`);
    const giveBack = await soleUse(`cluster ${process.env['KUBECONFIG'] ?? ''}`);
    try {
      return await ThrowAwayCluster.opened(giveBack);
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  private static async opened(giveBack: () => void): Promise<ThrowAwayCluster> {
    const version = await execa('kubectl', ['version', '--output=json', '--request-timeout=10s'], { reject: false });
    if (version.exitCode !== 0)
      throw new Error(
        `kubectl does not reach the cluster of ${process.env['KUBECONFIG'] ?? ''}: ${version.stderr}\n${howTo}`,
      );
    const { serverVersion } = JSON.parse(version.stdout) as { serverVersion: { major: string; minor: string } };
    const context = (await execa('kubectl', ['config', 'current-context'])).stdout;
    const nodes = JSON.parse((await execa('kubectl', ['get', 'nodes', '--output=json'])).stdout) as {
      items: KubernetesObject[];
    };
    const [node] = nodes.items.filter(({ spec }) => listAt(spec, 'taints').length === 0);
    const cluster = new ThrowAwayCluster(
      context,
      `${serverVersion.major}.${serverVersion.minor.replace(/\D+$/, '')}`,
      node?.metadata.labels?.['kubernetes.io/hostname'] ?? '',
      node?.metadata.annotations?.['kwok.x-k8s.io/node'] !== undefined &&
        process.env['PORTOLAN_E2E_STAND_IN'] === undefined,
      giveBack,
    );
    await cluster.refuseUnfit();
    await cluster.refuseForeign();
    await cluster.clear();
    await cluster.run('create', 'namespace', marker);
    return cluster;
  }

  /** Removes everything that this suite made, and leaves the cluster to other tests. */
  async close(): Promise<void> {
    try {
      await this.clear();
    } finally {
      this.giveBack();
    }
  }

  /** Runs kubectl and returns whatever happened. */
  async kubectl(args: readonly string[], { input }: KubectlOptions = {}): Promise<Outcome> {
    const { exitCode, stdout, stderr } = await execa('kubectl', ['--request-timeout=60s', ...args], {
      reject: false,
      stripFinalNewline: true,
      ...(input === undefined ? {} : { input }),
    });
    return { exitCode: exitCode ?? 137, stdout, stderr };
  }

  /** Runs kubectl and returns what it wrote. @throws when it fails */
  async run(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.kubectl(args);
    if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: exit code ${exitCode}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Applies objects. @throws when one of them is refused */
  async apply(...objects: readonly KubernetesObject[]): Promise<void> {
    const { exitCode, stderr } = await this.kubectl(['apply', '--filename=-'], {
      input: objects.map((object) => JSON.stringify(object)).join('\n'),
    });
    if (exitCode !== 0) throw new Error(`kubectl apply: ${stderr}`);
  }

  /** One object, or undefined when there is none of that name. `resource` is a kind or plural, e.g. `deployments.apps`. */
  async get(resource: string, name: string, namespace?: string): Promise<KubernetesObject | undefined> {
    const stdout = await this.run('get', resource, name, '--ignore-not-found', '--output=json', ...within(namespace));
    return stdout === '' ? undefined : (JSON.parse(stdout) as KubernetesObject);
  }

  /** All objects of one or more kinds, e.g. `pods,services`, in a namespace. */
  async list(resources: string, namespace?: string): Promise<readonly KubernetesObject[]> {
    return (
      JSON.parse(await this.run('get', resources, '--output=json', ...within(namespace))) as {
        items: KubernetesObject[];
      }
    ).items;
  }

  /** UID of each object, by `Kind/name`. */
  async uids(resources: string, namespace?: string): Promise<ReadonlyMap<string, string>> {
    return new Map(
      (await this.list(resources, namespace)).map((object) => [
        `${object.kind}/${object.metadata.name}`,
        textAt(object, 'metadata', 'uid'),
      ]),
    );
  }

  /** Removes everything that this suite makes, whatever is left of it, and waits until it is gone. */
  async clear(): Promise<void> {
    await this.clearEnvironments();
    await this.run('delete', 'namespace', '--ignore-not-found', timeout(90), marker);
    await clearStandIns(this, `--selector=app.kubernetes.io/part-of=${marker}`);
  }

  /** Removes both environments, their volumes and what engines follow them by, and waits until they are gone. */
  async clearEnvironments(): Promise<void> {
    await clearEnvironments(this, environments);
  }

  private async refuseUnfit(): Promise<void> {
    const has = async (...args: readonly string[]): Promise<boolean> =>
      (await this.kubectl(['get', ...args])).exitCode === 0;
    const definition = await this.kubectl([
      'get',
      'customresourcedefinition',
      'applications.argoproj.io',
      '--output=jsonpath={.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.syncPolicy.properties.retry.properties}',
    ]);
    const lacks = [
      ...(Number(this.line.split('.')[1]) >= 36 ? [] : [`Kubernetes 1.36 or later (it is ${this.line})`]),
      ...((await has('mutatingadmissionpolicies')) ? [] : ['MutatingAdmissionPolicy']),
      ...(definition.stdout.includes('"refresh"') ? [] : ['Argo CD 3.2 or later']),
      ...((await has('customresourcedefinition', 'kustomizations.kustomize.toolkit.fluxcd.io'))
        ? []
        : ['Flux 2.7 or later']),
      ...((await has('customresourcedefinition', 'ingressroutes.traefik.io', 'middlewares.traefik.io'))
        ? []
        : ['the definitions of Traefik 3']),
      ...((await has('storageclass', 'local-path')) ? [] : ['the StorageClass local-path']),
      ...(this.node === '' ? ['a node without taints'] : []),
    ];
    if (lacks.length > 0)
      throw new Error(`the cluster of context "${this.context}" lacks ${lacks.join(', ')}; ${howTo}`);
  }

  /** Refuses a cluster that holds anything that is not known to be nobody's. */
  private async refuseForeign(): Promise<void> {
    const namespaces = (await this.list('namespaces')).map(({ metadata }) => metadata.name);
    const ours = namespaces.includes(marker) ? [marker, ...environments] : [];
    const applications = (await this.list('applications.argoproj.io', 'argocd')).map(({ metadata }) => metadata.name);
    const foreign = [
      ...namespaces
        .filter((name) => !usualNamespaces.includes(name) && !ours.includes(name))
        .map((name) => `the namespace ${name}`),
      ...applications
        .filter((name) => ours.length === 0 || !environments.some((one) => name === `the-project-${one}`))
        .map((name) => `the Application ${name}`),
    ];
    if (foreign.length === 0 || process.env['PORTOLAN_E2E'] === 'throw-away') return;
    throw new Error(
      `the cluster of context "${this.context}" has ${foreign.join(', ')}, so it may be somebody's own and nothing was touched; if it may be destroyed, set PORTOLAN_E2E=throw-away\n${howTo}`,
    );
  }
}

const within = (namespace: string | undefined): readonly string[] =>
  namespace === undefined ? [] : [`--namespace=${namespace}`];

/**
 * Asks every half second until the answer is not undefined.
 *
 * @param seconds - what an idle machine needs at most; a busy one is given three times as long
 * @throws when that is over, with what was seen last
 */
export async function until<Answer>(
  what: string,
  seconds: number,
  question: () => Promise<Answer | undefined>,
  seen: () => string = () => '',
): Promise<Answer> {
  const end = Date.now() + longEnough(seconds) * 1000;
  for (;;) {
    const answer = await question();
    if (answer !== undefined) return answer;
    if (Date.now() > end)
      throw new Error(`waited ${longEnough(seconds)} s until ${what}${seen() === '' ? '' : `; last seen: ${seen()}`}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The label of everything outside of the environments' namespaces that the suite makes. */
export const suiteLabels = { 'app.kubernetes.io/part-of': marker } as const;
