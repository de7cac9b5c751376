import { watchedOf } from '../charts/watched-of.ts';
import type { KubernetesObject } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import type { Marks } from '../objects/tools/tool-in-cluster.ts';
import { followerMarksOf, namespaceMarksIn, type Tools } from './tools.ts';

/** A place, and what builders and promoters need in clusters. */
interface Marked {
  readonly delivery: Delivery;
  readonly environment: Environment;
  /** @default - as their tables have it */
  readonly tools: Tools | undefined;
}

/**
 * What must exist before the first sync, with what builders and promoters tell their own by: the namespace that they live in, and the objects by
 * which an engine follows what they move.
 */
export function markedByTools(
  { delivery, environment, tools }: Marked,
  objects: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  const followed = environment.applications.flatMap((application) => {
    const marks = followerMarksOf(delivery, environment, application.name, tools);
    const watched = marks.length === 0 ? undefined : watchedOf(delivery, environment, application);
    return watched === undefined ? [] : [{ watched, marks }];
  });
  const namespaceMarks = namespaceMarksIn(delivery, environment, tools);
  return objects.map((object) => {
    const { kind, metadata } = object;
    if (kind === 'Namespace' && metadata.name === environment.namespace) return withMarks(object, namespaceMarks);
    const its = followed.find(
      ({ watched }) =>
        watched.kind === kind && watched.name === metadata.name && watched.namespace === metadata.namespace,
    );
    return its === undefined ? object : withMarks(object, its.marks);
  });
}

const withMarks = (object: KubernetesObject, marks: readonly Marks[]): KubernetesObject =>
  marks.reduce(
    (marked, { labels, annotations }): KubernetesObject => ({
      ...marked,
      metadata: {
        ...marked.metadata,
        ...(labels === undefined ? {} : { labels: { ...marked.metadata.labels, ...labels } }),
        ...(annotations === undefined ? {} : { annotations: { ...marked.metadata.annotations, ...annotations } }),
      },
    }),
    object,
  );
