import type { RenderedObject } from '../rendered-object.ts';
import { fieldsOf, numberOf, placesOf, textMapOf, textOf, valueAt, type Fields, type FieldPlace } from '../fields.ts';
import { handlersOf, type Handler } from './handlers.ts';

/** One container of a pod template. */
export interface PodContainer {
  readonly name: string;
  /** A sidecar is an init container that goes on running. */
  readonly role: 'container' | 'init' | 'sidecar' | 'ephemeral';
  /** Path of the container in its object, e.g. `spec.template.spec.containers[0]`. */
  readonly path: string;
  readonly fields: Fields;
  /** Fields of its `securityContext`. */
  readonly security: Fields;
  /** What messages call it, e.g. `container "orders"` or `init container "setup"`. */
  readonly title: string;
  readonly image: string | undefined;
  /** Its probes and hooks. */
  readonly handlers: readonly Handler[];
  readonly ports: readonly FieldPlace[];
  /** Entries of its `env`. */
  readonly variables: readonly FieldPlace[];
}

/** A place that carries a security context: the pod, or one of its containers. */
export interface SecurityPlace {
  /** Fields of the security context. */
  readonly security: Fields;
  /** Path of the security context. */
  readonly path: string;
  /** E.g. `the pod` or `container "orders"`. */
  readonly who: string;
  readonly isPod: boolean;
}

/** An object that makes pods, seen through its pod template. */
export interface Workload {
  readonly rendered: RenderedObject;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Path of the template, e.g. `spec.template`; empty for a Pod. */
  readonly templatePath: string;
  /** Path of the pod's spec, e.g. `spec.template.spec`. */
  readonly specPath: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The pod's spec. */
  readonly pod: Fields;
  readonly containers: readonly PodContainer[];
  /** Those of the containers that run as long as the pod does. */
  readonly running: readonly PodContainer[];
  readonly volumes: readonly FieldPlace[];
  /** The security contexts of the pod and of all containers, the pod's first. */
  readonly securityPlaces: readonly SecurityPlace[];
  /** Whether its pods run until somebody stops them, unlike those of a job. */
  readonly lasting: boolean;
  readonly replicas: number;
}

const templatePaths = [['spec', 'jobTemplate', 'spec', 'template'], ['spec', 'template'], ['template'], []] as const;

const jobKinds: ReadonlySet<string> = new Set(['Job', 'CronJob']);

/** Reads an object's pod template; nothing when it has none. Unknown kinds count too when they carry one. */
export function workloadOf(rendered: RenderedObject, namespace: string): Workload | undefined {
  const { object } = rendered;
  for (const keys of templatePaths) {
    if (keys.length === 0 && object.kind !== 'Pod') continue;
    const template = fieldsOf(valueAt(object, ...keys));
    const pod = fieldsOf(template['spec']);
    if (!Array.isArray(pod['containers'])) continue;
    const templatePath = keys.join('.');
    const specPath = templatePath === '' ? 'spec' : `${templatePath}.spec`;
    const containers = containersOf(pod, specPath);
    return {
      rendered,
      kind: object.kind,
      name: object.metadata.name,
      namespace,
      templatePath,
      specPath,
      labels: textMapOf(valueAt(template, 'metadata', 'labels')),
      annotations: textMapOf(valueAt(template, 'metadata', 'annotations')),
      pod,
      containers,
      running: containers.filter(({ role }) => role === 'container' || role === 'sidecar'),
      volumes: placesOf(pod['volumes'], `${specPath}.volumes`),
      securityPlaces: securityPlacesOf(pod, specPath, containers),
      lasting: !jobKinds.has(object.kind),
      replicas: replicasOf(rendered),
    };
  }
  return undefined;
}

const titles: Readonly<Record<PodContainer['role'], string>> = {
  container: 'container',
  init: 'init container',
  sidecar: 'sidecar',
  ephemeral: 'ephemeral container',
};

const isSidecar = (fields: Fields): boolean => fields['restartPolicy'] === 'Always';

function containersOf(pod: Fields, specPath: string): readonly PodContainer[] {
  const containers: PodContainer[] = [];
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    if (pod[list] === undefined) continue;
    for (const { fields, path } of placesOf(pod[list], `${specPath}.${list}`)) {
      const name = textOf(fields['name']) ?? '';
      const role =
        list === 'containers'
          ? 'container'
          : list === 'ephemeralContainers'
            ? 'ephemeral'
            : isSidecar(fields)
              ? 'sidecar'
              : 'init';
      containers.push({
        name,
        role,
        title: `${titles[role]} "${name}"`,
        path,
        fields,
        security: fieldsOf(fields['securityContext']),
        image: textOf(fields['image']),
        handlers: handlersOf(fields),
        ports: placesOf(fields['ports'], `${path}.ports`),
        variables: placesOf(fields['env'], `${path}.env`),
      });
    }
  }
  return containers;
}

const securityPlacesOf = (
  pod: Fields,
  specPath: string,
  containers: readonly PodContainer[],
): readonly SecurityPlace[] => [
  { security: fieldsOf(pod['securityContext']), path: `${specPath}.securityContext`, who: 'the pod', isPod: true },
  ...containers.map(({ security, path, title }) => ({
    security,
    path: `${path}.securityContext`,
    who: title,
    isPod: false,
  })),
];

/** How many pods a job runs at once. */
const parallelism: Readonly<Record<string, readonly string[]>> = {
  Job: ['spec', 'parallelism'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'parallelism'],
};

const replicasOf = ({ object }: RenderedObject): number =>
  numberOf(valueAt(object, ...(parallelism[object.kind] ?? ['spec', 'replicas']))) ?? 1;

/** Path of a label or annotation of the pod template. */
export const metadataPath = (workload: Workload, part: 'labels' | 'annotations'): string =>
  workload.templatePath === '' ? `metadata.${part}` : `${workload.templatePath}.metadata.${part}`;
