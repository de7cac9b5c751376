import { ClusterError } from '../../clients/kubernetes/cluster.ts';
import { contextsOf } from '../../clients/kubernetes/load-kubeconfig.ts';
import { openForSetUp, type LiveSecret, type SetUpCluster } from '../../clients/kubernetes/open-for-set-up.ts';
import type { KindInUse } from '../../engines/engine-at-set-up.ts';
import type { ClusterFacts, ClusterQuestion } from './cluster-facts.ts';
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

/** @throws when the kubeconfig has no such context */
function requireContext({ context, stack }: ClusterQuestion, { kubeconfig = '' }: ClusterAccess): void {
  const known = contextsOf(kubeconfig);
  if (known.includes(context)) return;
  throw new Error(
    `portolan: the kubeconfig has no context "${context}" (it has: ${known.join(', ')}); point KUBECONFIG to the right file, ` +
      `or write: pulumi config set kubernetes:context CONTEXT --stack ${stack}`,
  );
}

async function withinPatience<Answer>(
  work: Promise<Answer>,
  seconds: number,
  { context }: ClusterQuestion,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const why = `no answer within ${seconds} s`;
      reject(new ClusterError(why, 'unreachable', { why }));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new Error(
      `portolan: the cluster of context "${context}" cannot be asked (${error.why}); ` +
        `start it, or look with: kubectl --context ${context} get namespaces`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** @throws where the engine was not installed, or not in its namespace */
async function requireEngine(
  cluster: SetUpCluster,
  { engine: { serves, lacking }, rendered: { namespace }, context }: ClusterQuestion,
): Promise<void> {
  const kinds = await cluster.kindsOf(serves.apiVersion);
  const isServed = serves.kinds.every((kind) => kinds.has(kind));
  if (isServed && (await cluster.read('v1', 'Namespace', namespace)) !== undefined) return;
  throw new Error(
    `portolan: the cluster of context "${context}" ${lacking(namespace, `kubectl --context ${context}`)}`,
  );
}

/** Kinds that are allowed and in use. */
async function kindsInUse(cluster: SetUpCluster, { engine, rendered }: ClusterQuestion): Promise<readonly KindInUse[]> {
  const { limits, watched } = engine.asksInUse(rendered);
  const found = await Promise.all(
    limits.map(({ apiVersion, kind, name, namespace }) => cluster.read(apiVersion, kind, name, namespace)),
  );
  const live = found.filter((object) => object !== undefined);
  if (live.length === 0) return [];
  return engine.kindsInUse(live, await cluster.list(watched.apiVersion, watched.kind, rendered.namespace));
}

/** What another engine follows the environment by. */
async function followers(
  cluster: SetUpCluster,
  { others, context }: ClusterQuestion,
): Promise<NonNullable<ClusterFacts['followedBy']>> {
  const found = await Promise.all(
    others.map(async ({ watched, letGo }) => {
      const live = await cluster.read(watched.apiVersion, watched.kind, watched.name, watched.namespace);
      return live === undefined
        ? []
        : [{ object: describeKey(watched), lines: letGo(watched, `kubectl --context ${context}`) }];
    }),
  );
  return found.flat();
}

async function look(cluster: SetUpCluster, question: ClusterQuestion): Promise<ClusterFacts> {
  await requireEngine(cluster, question);
  const existing = new Set<string>();
  const secrets = new Map<string, LiveSecret>();
  const live = new Map<string, unknown>();
  for (const key of question.objects) {
    const { apiVersion, kind, name, namespace } = key;
    if (kind === 'Secret' && namespace !== undefined) {
      const secret = await cluster.secret(name, namespace);
      if (secret !== undefined) secrets.set(describeKey(key), secret);
      if (secret !== undefined) existing.add(describeKey(key));
      continue;
    }
    const object = await cluster.read(apiVersion, kind, name, namespace);
    if (object === undefined) continue;
    existing.add(describeKey(key));
    live.set(describeKey(key), object);
  }
  const [inUse, followedBy] = [await kindsInUse(cluster, question), await followers(cluster, question)];
  return {
    existing,
    secrets,
    live,
    ...(inUse.length === 0 ? {} : { kindsInUse: inUse }),
    ...(followedBy.length === 0 ? {} : { followedBy }),
  };
}

/**
 * Looks up what an environment's stack needs to know of its cluster; changes nothing.
 *
 * @throws when the context is missing, the cluster does not answer in time, or it has no engine; the message says what to do
 */
export async function readCluster(question: ClusterQuestion, access: ClusterAccess = {}): Promise<ClusterFacts> {
  requireContext(question, access);
  const seconds = access.patienceSeconds ?? patienceSeconds;
  const { kubeconfig = '' } = access;
  // One answer may take as long as all: what ran out of patience is told below.
  const cluster = openForSetUp({ context: question.context, kubeconfig, timeoutMs: seconds * 1000 + 1000 });
  return withinPatience(look(cluster, question), seconds, question);
}
