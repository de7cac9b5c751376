import { objectId } from '../../../objects/kind.ts';
import type { Environment } from '../../../model/environment.ts';
import { fieldsOf, numberOf, placesOf, textOf, textsOf, valueAt } from '../../../objects/fields.ts';
import { ObjectIndex } from '../../../objects/object-index.ts';
import type { Workload } from '../../../objects/pods/workload.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { servicesNamedBy } from '../../../ingresses/ingresses.ts';
import type { GraphEdge, GraphNode, Harbour } from '../graph.ts';
import { hostsNamedIn } from './hosts-named-in.ts';
import { nodesBehind, type NodesBehind } from './nodes-behind.ts';
import { pathsOf, routeKinds, titleOfRoute } from './raw-entries.ts';
import { shortImage } from './short-image.ts';

/**
 * What the objects that no construct makes add to an environment: workloads and jobs, claims, and ways in, each connected with
 * what it names. A way in and a workload are drawn even when nobody knows what they lead to.
 */
export function rawContent(environment: Environment): Pick<Harbour, 'nodes' | 'edges'> {
  const objects = new ObjectIndex(
    environment.applications.flatMap(({ name, objects: raw = [] }) =>
      raw.map((object): RenderedObject => ({ path: '', application: name, construct: '', object })),
    ),
    environment.namespace,
  );
  const idOf = ({ object }: RenderedObject): string => `${environment.name} object ${objectId(object)}`;
  const behind = nodesBehind(environment, objects, idOf);
  const entries = [...routeKinds.flatMap((kind) => objects.ofKind(kind)), ...objects.ofKind('Service').filter(isOpen)];
  const claims = objects.ofKind('PersistentVolumeClaim');
  return {
    nodes: [
      ...entries.map((rendered): GraphNode => ({
        id: idOf(rendered),
        kind: 'outside',
        title: titleOfRoute(rendered.object),
        details: [objectId(rendered.object)],
      })),
      ...objects.workloads.map((workload) => workloadNode(idOf(workload.rendered), workload)),
      ...claims.map((rendered): GraphNode => ({
        id: idOf(rendered),
        kind: 'claim',
        title: rendered.object.metadata.name,
        details: storageOf(rendered.object['spec']),
      })),
    ],
    edges: [
      ...entries.flatMap((rendered) => entryEdges(idOf(rendered), rendered, behind)),
      ...objects.workloads.flatMap((workload) => workloadEdges(idOf(workload.rendered), workload, objects, behind)),
    ],
  };
}

/** Whether a Service can be reached from outside of the cluster. */
const isOpen = ({ object }: RenderedObject): boolean =>
  ['LoadBalancer', 'NodePort'].includes(textOf(valueAt(object, 'spec', 'type')) ?? '');

function workloadNode(id: string, workload: Workload): GraphNode {
  const { kind, name, rendered, replicas, running } = workload;
  const templates = placesOf(valueAt(rendered.object, 'spec', 'volumeClaimTemplates'), '');
  const count = replicas === 1 ? '1 replica' : `${replicas} replicas`;
  const runs: Readonly<Record<string, string>> = {
    CronJob: `CronJob ${textOf(valueAt(rendered.object, 'spec', 'schedule')) ?? ''}`.trim(),
    DaemonSet: 'on every node',
    Job: 'Job',
    Pod: 'Pod',
  };
  return {
    id,
    kind: 'foreign',
    title: name,
    details: [
      runs[kind] ?? count,
      ...new Set(running.flatMap(({ image }) => (image === undefined ? [] : [shortImage(image)]))),
      ...templates.flatMap(({ fields }) => storageOf(fields['spec'])),
    ],
  };
}

function storageOf(spec: unknown): readonly string[] {
  const size = valueAt(spec, 'resources', 'requests', 'storage');
  const words = textOf(size) ?? numberOf(size)?.toString();
  return words === undefined ? [] : [words];
}

/** One edge for each node that an entry leads to, with the paths that lead there. */
function entryEdges(id: string, rendered: RenderedObject, { ofService }: NodesBehind): readonly GraphEdge[] {
  if (rendered.object.kind === 'Service')
    return ofService(rendered.object.metadata.name).map((to) => ({ from: id, to, kind: 'route' }));
  const paths = new Map<string, Set<string>>();
  for (const { name, field } of servicesNamedBy(rendered)) {
    for (const to of ofService(name)) {
      const known = paths.get(to) ?? new Set();
      paths.set(to, known);
      for (const path of pathsOf(rendered.object, field)) known.add(path);
    }
  }
  return [...paths].map(([to, known]) => ({
    from: id,
    to,
    kind: 'route',
    ...(known.size === 0 ? {} : { label: [...known].join(', ') }),
  }));
}

/** Claims that a workload mounts, and hosts that its texts and its hand-written ConfigMaps name. */
function workloadEdges(
  from: string,
  workload: Workload,
  objects: ObjectIndex,
  { ofClaim, ofService, hosts }: NodesBehind,
): readonly GraphEdge[] {
  const references = objects.references(workload);
  const mounted = references.flatMap(({ kind, name }) => (kind === 'PersistentVolumeClaim' ? ofClaim(name) : []));
  const configs = references.flatMap(({ kind, name }) =>
    kind === 'ConfigMap' ? Object.values(fieldsOf(objects.find('ConfigMap', name)?.object['data'])) : [],
  );
  const texts = [
    ...textsOf(configs),
    ...workload.containers.flatMap(({ fields }) => [...textsOf(fields['command']), ...textsOf(fields['args'])]),
  ];
  const variables = workload.containers.flatMap(({ variables: list }) =>
    list.flatMap(({ fields }) => {
      const value = textOf(fields['value']);
      return value === undefined ? [] : [{ name: textOf(fields['name']) ?? '', value }];
    }),
  );
  const talksTo = hostsNamedIn({ texts, variables }, hosts).flatMap(ofService);
  return [
    ...[...new Set(talksTo)].filter((to) => to !== from).map((to): GraphEdge => ({ from, to, kind: 'connection' })),
    ...[...new Set(mounted)].map((to): GraphEdge => ({ from, to, kind: 'mount' })),
  ];
}
