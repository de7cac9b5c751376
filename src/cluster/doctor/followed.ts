import type { Binding } from '../../engines/binding.ts';
import type { Need, Needs } from '../../objects/tools/needs.ts';
import type { AnyEngine } from '../../engines/engine.ts';
import type { KubernetesObject } from '../../model/application.ts';
import type { Tools } from '../../render/tools.ts';
import type { RenderedEnvironment } from '../../render/rendered-environment.ts';
import { readBeside } from '../live/beside.ts';
import { bootstrapPending } from '../bootstrap-pending.ts';
import { unlessForbidden, type Cluster } from '../../clients/kubernetes/cluster.ts';
import { bootstrapLines } from './bootstrap-line.ts';
import { lacks, ok, type Examined } from './examined.ts';

/** Which environment, and the ops repository that it is to follow. */
export interface BootstrapQuestion extends Binding {
  readonly rendered: RenderedEnvironment;
  /** What builders and promoters need in a cluster. @default - as their tables have it */
  readonly tools?: Tools;
}

/** Whether what the engine itself must be in the cluster is there. */
export const examineNeeds = (cluster: Cluster, { needs }: Needs): Promise<readonly Examined[]> =>
  Promise.all(needs.map((need) => examineNeed(cluster, need)));

async function examineNeed(cluster: Cluster, { subject, anyOf, lack }: Need): Promise<Examined> {
  const found = await Promise.all(
    anyOf.map(({ apiVersion, kind, name, namespace }) => cluster.read(apiVersion, kind, name, namespace)),
  );
  const lacking = lack(
    found.find((object) => object !== undefined),
    `kubectl --context ${cluster.context}`,
  );
  return lacking === undefined ? ok(subject) : lacks(subject, lacking.message, lacking.next);
}

/** Whether the engine's own objects are there, follow what they are to follow, and are as this program renders them. */
export const examineBootstrap = (
  cluster: Cluster,
  question: BootstrapQuestion,
  engine: AnyEngine,
): Promise<readonly Examined[]> =>
  Promise.all(
    question.rendered.objects
      .map(({ object }) => object)
      .filter((object) => engine.owns(object))
      .map((object) =>
        unlessForbidden(
          async () => examineObject(cluster, question, engine, object),
          (why) => lacks(`${object.kind} ${object.metadata.name}`, `cannot be looked at: ${why}`, whoAmI(cluster)),
        ),
      ),
  );

/** The line that says who asks. */
export const whoAmI = ({ context }: Cluster): string => `kubectl --context ${context} auth whoami`;

async function examineObject(
  cluster: Cluster,
  question: BootstrapQuestion,
  engine: AnyEngine,
  object: KubernetesObject,
): Promise<Examined> {
  const { environment } = question;
  const { kind, metadata } = object;
  const subject = `${kind} ${metadata.name}`;
  const next = bootstrapLines(cluster.context, environment.name);
  const live = await cluster.read(object.apiVersion, kind, metadata.name, metadata.namespace);
  if (live === undefined) return lacks(subject, 'is not there, so nothing follows the branch', next);
  const application = environment.applications.find((one) => {
    const watched = engine.watches(question, one);
    return watched.kind === kind && watched.name === metadata.name;
  });
  const elsewhere =
    application === undefined
      ? undefined
      : engine.elsewhere(
          question,
          application,
          live,
          (await readBeside(cluster, engine.beside(question, application))).there,
        );
  if (elsewhere !== undefined) return lacks(subject, elsewhere, next);
  const pending = await bootstrapPending({ ...cluster, read: () => Promise.resolve(live) }, [object]);
  return pending.length === 0 ? ok(subject) : lacks(subject, 'is not as this program renders it', next);
}
