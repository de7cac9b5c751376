import {
  ApiException,
  CoreV1Api,
  CustomObjectsApi,
  KubernetesObjectApi,
  type KubeConfig,
  type V1Secret,
} from '@kubernetes/client-node';
import { reasonOf } from '../reason-of.ts';
import type { ClusterFacts, ClusterQuestion, KindInUse, LiveSecret } from './cluster-facts.ts';
import { loadKubeconfig } from '../../cluster/load-kubeconfig.ts';
import { describeKey } from './object-key.ts';

/** Seconds that all answers together may take. */
const patienceSeconds = 20;

/** How a cluster is found. */
export interface ClusterAccess {
  /** Files of the kubeconfig, as KUBECONFIG has them. @default - ~/.kube/config */
  readonly kubeconfig?: string;
  /** Seconds to wait for all answers. @default 20 */
  readonly patienceSeconds?: number;
}

const isMissing = (error: unknown): boolean => error instanceof ApiException && error.code === 404;

/** Gives nothing for an object that is not there. */
async function found<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The kubeconfig with the context in use. @throws when it has no such context */
function configFor({ context, stack }: ClusterQuestion, access: ClusterAccess): KubeConfig {
  const config = loadKubeconfig(access.kubeconfig);
  const known = config.getContexts().map(({ name }) => name);
  if (!known.includes(context)) {
    throw new Error(
      `portolan: the kubeconfig has no context "${context}" (it has: ${known.join(', ')}); point KUBECONFIG to the right file, ` +
        `or write: pulumi config set kubernetes:context CONTEXT --stack ${stack}`,
    );
  }
  config.setCurrentContext(context);
  return config;
}

/** Why the cluster did not answer, in one line; never a header or a body. */
const reason = (error: unknown): string => (error instanceof ApiException ? `HTTP ${error.code}` : reasonOf(error));

async function withinPatience<Answer>(
  work: Promise<Answer>,
  seconds: number,
  question: ClusterQuestion,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${seconds} s`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('portolan:')) throw error;
    throw new Error(
      `portolan: the cluster of context "${question.context}" cannot be asked (${reason(error)}); ` +
        `start it, or look with: kubectl --context ${question.context} get namespaces`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

const secretFrom = (secret: V1Secret): LiveSecret => ({
  annotations: secret.metadata?.annotations ?? {},
  values: new Map(
    Object.entries(secret.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  ),
});

async function requireArgoCd(config: KubeConfig, { argoCdNamespace, context }: ClusterQuestion): Promise<void> {
  const kinds = await found(
    config.makeApiClient(CustomObjectsApi).getAPIResources({ group: 'argoproj.io', version: 'v1alpha1' }),
  );
  const names = new Set((kinds?.resources ?? []).map((resource) => resource.name));
  const namespace = await found(config.makeApiClient(CoreV1Api).readNamespace({ name: argoCdNamespace }));
  if (names.has('applications') && names.has('appprojects') && namespace !== undefined) return;
  const kubectl = `kubectl --context ${context}`;
  throw new Error(
    `portolan: the cluster of context "${context}" has no Argo CD in namespace "${argoCdNamespace}"; install 3.2 or later: ` +
      `${kubectl} create namespace ${argoCdNamespace}; ${kubectl} apply -n ${argoCdNamespace} --server-side --force-conflicts ` +
      '-f https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.12/manifests/install.yaml',
  );
}

/** What is read of an AppProject. */
interface LiveProject {
  readonly spec?: Partial<Readonly<Record<KindInUse['list'], readonly Partial<Omit<KindInUse, 'list'>>[]>>>;
}

/** What is read of an Application. */
interface LiveApplication {
  readonly spec?: { readonly project?: string };
  readonly status?: { readonly resources?: readonly { readonly group?: string; readonly kind?: string }[] };
}

/** Kinds that the AppProject allows, where one of its Applications tracks an object. */
async function kindsInUse(
  objects: KubernetesObjectApi,
  { argoCdNamespace: namespace, project: name }: ClusterQuestion,
): Promise<readonly KindInUse[]> {
  const apiVersion = 'argoproj.io/v1alpha1';
  const project = (await found(objects.read({ apiVersion, kind: 'AppProject', metadata: { name, namespace } }))) as
    LiveProject | undefined;
  if (project === undefined) return [];
  const applications = (await objects.list(apiVersion, 'Application', namespace)).items as readonly LiveApplication[];
  const tracked = new Set(
    applications
      .filter(({ spec }) => spec?.project === name)
      .flatMap(({ status }) => status?.resources ?? [])
      .map(({ group = '', kind = '' }) => `${kind}.${group}`),
  );
  return (['clusterResourceWhitelist', 'namespaceResourceWhitelist'] as const).flatMap((list) =>
    (project.spec?.[list] ?? [])
      .map(({ group = '', kind = '' }): KindInUse => ({ list, group, kind }))
      .filter(({ group, kind }) => tracked.has(`${kind}.${group}`)),
  );
}

async function look(config: KubeConfig, question: ClusterQuestion): Promise<ClusterFacts> {
  await requireArgoCd(config, question);
  const objects = KubernetesObjectApi.makeApiClient(config);
  const core = config.makeApiClient(CoreV1Api);
  const existing = new Set<string>();
  const secrets = new Map<string, LiveSecret>();
  for (const key of question.objects) {
    const { apiVersion, kind, name, namespace } = key;
    if (kind === 'Secret' && namespace !== undefined) {
      const secret = await found(core.readNamespacedSecret({ name, namespace }));
      if (secret !== undefined) secrets.set(describeKey(key), secretFrom(secret));
      if (secret !== undefined) existing.add(describeKey(key));
      continue;
    }
    const object = await found(objects.read({ apiVersion, kind, metadata: { name, namespace: namespace ?? '' } }));
    if (object !== undefined) existing.add(describeKey(key));
  }
  const inUse = await kindsInUse(objects, question);
  return { existing, secrets, ...(inUse.length === 0 ? {} : { kindsInUse: inUse }) };
}

/**
 * Looks up what an environment's stack needs to know of its cluster; changes nothing.
 *
 * @throws when the context is missing, the cluster does not answer in time, or it has no Argo CD; the message says what to do
 */
export async function readCluster(question: ClusterQuestion, access: ClusterAccess = {}): Promise<ClusterFacts> {
  const config = configFor(question, access);
  return withinPatience(look(config, question), access.patienceSeconds ?? patienceSeconds, question);
}
