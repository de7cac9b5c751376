import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { argoApplicationName } from '../../model/names.ts';
import type { RenderedEnvironment } from '../../render/rendered-environment.ts';
import { bootstrapPending } from '../bootstrap-pending.ts';
import { unlessForbidden, type Cluster } from '../cluster.ts';
import { fieldOf, textOf } from '../fields.ts';
import { usualEngine } from '../../engines/engines.ts';
import { bootstrapLines } from './bootstrap-line.ts';
import { lacks, ok, type Examined } from './examined.ts';

const namespace = 'argocd';

/** `retry.refresh` came with Argo CD 3.2, so the Application's own definition says whether it is there. */
export async function examineVersion(cluster: Cluster): Promise<readonly Examined[]> {
  const subject = 'Argo CD 3.2 or later';
  const definition = await cluster.read(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'applications.argoproj.io',
  );
  const kubectl = `kubectl --context ${cluster.context}`;
  const install = `${kubectl} create namespace ${namespace}; ${kubectl} apply -n ${namespace} --server-side -f https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.12/manifests/install.yaml`;
  if (definition === undefined) return [lacks(subject, 'the cluster does not know Application', install)];
  const path = [
    'openAPIV3Schema',
    'properties',
    'spec',
    'properties',
    'syncPolicy',
    'properties',
    'retry',
    'properties',
  ];
  return [
    fieldOf(definition, 'spec', 'versions', 0, 'schema', ...path, 'refresh') === undefined
      ? lacks(subject, 'it is older: a fixing commit would wait for a failing sync', install)
      : ok(subject),
  ];
}

/** What of Argo CD must run: without it nothing follows the branch, and every Application shows what was true when it stopped. */
const parts = [
  { name: 'argocd-application-controller', kinds: ['StatefulSet', 'Deployment'] },
  { name: 'argocd-repo-server', kinds: ['Deployment'] },
] as const;

/** Whether the controllers of Argo CD run, not only its definitions. */
export const examineControllers = (cluster: Cluster): Promise<readonly Examined[]> =>
  Promise.all(
    parts.map(async ({ name, kinds }) => {
      const found = await Promise.all(kinds.map((kind) => cluster.read('apps/v1', kind, name, namespace)));
      const live = found.find((object) => object !== undefined);
      const subject = `${name} in ${namespace}`;
      const kubectl = `kubectl --context ${cluster.context} -n ${namespace}`;
      if (live === undefined)
        return lacks(subject, 'is not there, so nothing follows the branch', `${kubectl} get statefulsets,deployments`);
      return Number(fieldOf(live, 'status', 'readyReplicas') ?? 0) > 0
        ? ok(subject)
        : lacks(
            subject,
            'has no pod that is ready, so nothing follows the branch',
            `${kubectl} describe ${live.kind.toLowerCase()} ${name}`,
          );
    }),
  );

/** Which environment, and the ops repository that it is to follow. */
export interface BootstrapQuestion {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly rendered: RenderedEnvironment;
  /** https URL of the ops repository. */
  readonly opsRepository: string;
}

/** Whether AppProject and Applications are there, follow what they are to follow, and are as this program renders them. */
export const examineBootstrap = (cluster: Cluster, question: BootstrapQuestion): Promise<readonly Examined[]> =>
  Promise.all(
    question.rendered.objects
      .map(({ object }) => object)
      .filter(({ apiVersion }) => apiVersion.startsWith('argoproj.io/'))
      .map((object) =>
        unlessForbidden(
          async () => examineObject(cluster, question, object),
          (why) => lacks(`${object.kind} ${object.metadata.name}`, `cannot be looked at: ${why}`, whoAmI(cluster)),
        ),
      ),
  );

/** The line that says who asks. */
export const whoAmI = ({ context }: Cluster): string => `kubectl --context ${context} auth whoami`;

async function examineObject(
  cluster: Cluster,
  { delivery, environment, opsRepository }: BootstrapQuestion,
  object: RenderedEnvironment['objects'][number]['object'],
): Promise<Examined> {
  const { name } = object.metadata;
  const subject = `${object.kind} ${name}`;
  const next = bootstrapLines(cluster.context, environment.name);
  const live = await cluster.read(object.apiVersion, object.kind, name, object.metadata.namespace);
  if (live === undefined) return lacks(subject, 'is not there, so nothing follows the branch', next);
  const application = environment.applications.find((one) => argoApplicationName(delivery, environment, one) === name);
  const elsewhere =
    object.kind === 'Application' && application !== undefined
      ? usualEngine.elsewhere({ delivery, environment, opsRepository }, application, live)
      : undefined;
  if (elsewhere !== undefined) return lacks(subject, elsewhere, next);
  const pending = await bootstrapPending({ ...cluster, read: () => Promise.resolve(live) }, [object]);
  return pending.length === 0 ? ok(subject) : lacks(subject, 'is not as this program renders it', next);
}

/** Name of the Application that an object is marked with, by annotation or by label; empty where it is marked with none. */
export function trackedBy(object: unknown): string {
  const [id = ''] = textOf(object, 'metadata', 'annotations', 'argocd.argoproj.io/tracking-id').split(':');
  return id === '' ? textOf(object, 'metadata', 'labels', 'app.kubernetes.io/instance') : id;
}
