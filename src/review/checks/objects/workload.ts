import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { fieldsOf, numberOf, placesOf, textMapOf, textOf, valueAt, type Fields } from './fields.ts';

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
      containers: containersOf(pod, specPath),
      lasting: !jobKinds.has(object.kind),
      replicas: replicasOf(rendered),
    };
  }
  return undefined;
}

const titles: Readonly<Record<PodContainer['role'], string>> = { container: 'container', init: 'init container', sidecar: 'sidecar', ephemeral: 'ephemeral container' };

const isSidecar = (fields: Fields): boolean => fields['restartPolicy'] === 'Always';

function containersOf(pod: Fields, specPath: string): readonly PodContainer[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    placesOf(pod[list], `${specPath}.${list}`).map(({ fields, path }) => {
      const name = textOf(fields['name']) ?? '';
      const role = list === 'containers' ? 'container' : list === 'ephemeralContainers' ? 'ephemeral' : isSidecar(fields) ? 'sidecar' : 'init';
      return { name, role, title: `${titles[role]} "${name}"`, path, fields, security: fieldsOf(fields['securityContext']), image: textOf(fields['image']) };
    }),
  );
}

function replicasOf({ object }: RenderedObject): number {
  const key = { Job: ['spec', 'parallelism'], CronJob: ['spec', 'jobTemplate', 'spec', 'parallelism'] }[object.kind] ?? ['spec', 'replicas'];
  return numberOf(valueAt(object, ...key)) ?? 1;
}

/** The containers that run as long as the pod does. */
export const runningContainers = (workload: Workload): readonly PodContainer[] =>
  workload.containers.filter(({ role }) => role === 'container' || role === 'sidecar');

/** Path of a label or annotation of the pod template. */
export const metadataPath = (workload: Workload, part: 'labels' | 'annotations'): string =>
  workload.templatePath === '' ? `metadata.${part}` : `${workload.templatePath}.metadata.${part}`;
