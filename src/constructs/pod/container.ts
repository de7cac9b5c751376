import type { k8s } from 'cdk8s-plus-28';
import type { Container } from '../../model/container.ts';
import type { TextValue } from '../../model/formats/text.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';
import { environmentSource, environmentVariable } from './environment-variable.ts';
import { lifecycleOf } from './lifecycle.ts';
import { probe } from './probe.ts';
import { resourceRequirements } from './resources.ts';
import { containerSecurityContext } from './security-context.ts';
import { temporaryVolume } from './volume.ts';

/** One container of a pod, locked down as Pod Security "restricted" asks, with a `/tmp` of its own to write to. */
export function containerSpec(place: Place, container: Container, path: string): k8s.Container {
  const resolve = (value: TextValue): string => place.resolve(value, path);
  const mounts = [
    ...(container.mounts ?? []).map(({ volume, path: mountPath, readOnly, subPath }) =>
      present({ name: volume, mountPath, readOnly, subPath }),
    ),
    ...(needsTemporaryFolder(container) ? [{ name: temporaryVolume, mountPath: '/tmp' }] : []),
  ];

  return present({
    name: container.name,
    image: place.image(container.image, `${path}.image`),
    command: container.command?.map(resolve),
    args: container.args?.map(resolve),
    ports: container.ports?.map(({ name, port, protocol = 'TCP' }) => ({ name, containerPort: port, protocol })),
    env: listUnlessEmpty(
      Object.entries(container.env ?? {}).map(([name, value]) =>
        environmentVariable(place, name, value, `${path}.env.${name}`),
      ),
    ),
    envFrom: listUnlessEmpty(
      (container.envFrom ?? []).map((source) => environmentSource(place, source, `${path}.envFrom`)),
    ),
    volumeMounts: listUnlessEmpty(mounts),
    startupProbe: container.startup && probe(container.startup, resolve),
    readinessProbe: container.readiness && probe(container.readiness, resolve),
    livenessProbe: container.liveness && probe(container.liveness, resolve),
    lifecycle: lifecycleOf(container),
    restartPolicy: container.restartPolicy,
    resources: resourceRequirements(container.resources),
    securityContext: containerSecurityContext(
      present({
        user: container.runAsUser,
        writable: container.writableRootFilesystem,
        capabilities: container.capabilities,
        privileged: container.privileged,
      }),
    ),
  });
}

/** Whether a container cannot write to its own `/tmp` and nothing else is mounted there. */
export const needsTemporaryFolder = (container: Container): boolean =>
  container.writableRootFilesystem !== true && !(container.mounts ?? []).some((mount) => mount.path === '/tmp');

const listUnlessEmpty = <Item>(items: readonly Item[]): Item[] | undefined =>
  items.length === 0 ? undefined : [...items];
