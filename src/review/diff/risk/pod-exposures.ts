import type { KubernetesObject } from '../../../model/application.ts';
import { fieldsOf, itemsOf, textOf, textsOf, valueAt, type Fields } from '../../../objects/fields.ts';
import { podSpecOf } from '../pods/pod-template.ts';
import type { Exposure } from '../../../objects/change/exposure.ts';

/** What the pods of an object may do beyond Pod Security "restricted", and which Secrets they read. */
export function podExposures(object: KubernetesObject): readonly Exposure[] {
  const pod = podSpecOf(object);
  if (pod === undefined) return [];
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    itemsOf(pod[list]).map(fieldsOf),
  );
  return [
    ...ofPod(pod),
    ...containers.flatMap((container) => ofContainer(container, fieldsOf(pod['securityContext']))),
    ...secretsOf(pod, containers),
  ];
}

const exposure = (key: string, message: string): Exposure => ({ key, message });

function ofPod(pod: Fields): readonly Exposure[] {
  const shared: Readonly<Record<string, string>> = {
    hostNetwork: "runs in the node's network",
    hostPID: "sees the node's processes",
    hostIPC: "shares the node's memory",
  };
  const folders = itemsOf(pod['volumes']).flatMap((volume) => textOf(valueAt(volume, 'hostPath', 'path')) ?? []);
  const account = textOf(pod['serviceAccountName']);
  return [
    ...Object.entries(shared).flatMap(([field, message]) => (pod[field] === true ? [exposure(field, message)] : [])),
    ...folders.map((folder) => exposure(`hostPath ${folder}`, `mounts the folder ${folder} of the node`)),
    ...(pod['automountServiceAccountToken'] === false ? [] : [exposure('token', 'mounts a service account token')]),
    ...(account === undefined || account === 'default'
      ? []
      : [exposure(`account ${account}`, `runs as service account ${account}`)]),
    ...itemsOf(valueAt(pod, 'securityContext', 'sysctls')).map((sysctl) => {
      const name = textOf(valueAt(sysctl, 'name')) ?? '';
      return exposure(`sysctl ${name}`, `sets the kernel parameter ${name}`);
    }),
  ];
}

function ofContainer(container: Fields, pod: Fields): readonly Exposure[] {
  const name = textOf(container['name']) ?? '';
  const own = fieldsOf(container['securityContext']);
  const either = (field: string): unknown => own[field] ?? pod[field];
  const profile = textOf(valueAt(own, 'seccompProfile', 'type')) ?? textOf(valueAt(pod, 'seccompProfile', 'type'));
  const found: readonly (readonly [key: string, holds: boolean, message: string])[] = [
    ['privileged', own['privileged'] === true, 'is privileged: it is root on the node'],
    ['escalation', own['allowPrivilegeEscalation'] !== false, 'may gain privileges'],
    ['root', either('runAsNonRoot') !== true, 'may run as root'],
    ['user 0', either('runAsUser') === 0, 'runs as root'],
    ['writable', own['readOnlyRootFilesystem'] !== true, 'may write to its own file system'],
    ['capabilities', !textsOf(valueAt(own, 'capabilities', 'drop')).includes('ALL'), 'keeps capabilities'],
    ['seccomp', profile !== 'RuntimeDefault' && profile !== 'Localhost', 'runs without a seccomp profile'],
    ['proc', own['procMount'] !== undefined && own['procMount'] !== 'Default', 'sees an unmasked /proc'],
  ];
  return [
    ...found
      .filter(([, holds]) => holds)
      .map(([key, , message]) => exposure(`${name} ${key}`, `container ${name} ${message}`)),
    ...textsOf(valueAt(own, 'capabilities', 'add')).map((capability) =>
      exposure(`${name} adds ${capability}`, `container ${name} gets the capability ${capability}`),
    ),
    ...itemsOf(container['ports']).flatMap((port) => {
      const hostPort = valueAt(port, 'hostPort');
      return typeof hostPort === 'number'
        ? [exposure(`${name} hostPort ${hostPort}`, `container ${name} opens port ${hostPort} of the node`)]
        : [];
    }),
  ];
}

function secretsOf(pod: Fields, containers: readonly Fields[]): readonly Exposure[] {
  const names = [
    ...containers.flatMap((container) => [
      ...itemsOf(container['env']).map((variable) => valueAt(variable, 'valueFrom', 'secretKeyRef', 'name')),
      ...itemsOf(container['envFrom']).map((source) => valueAt(source, 'secretRef', 'name')),
    ]),
    ...itemsOf(pod['volumes']).flatMap((volume) => [
      valueAt(volume, 'secret', 'secretName'),
      ...itemsOf(valueAt(volume, 'projected', 'sources')).map((source) => valueAt(source, 'secret', 'name')),
    ]),
  ].flatMap((name) => textOf(name) ?? []);
  return [...new Set(names)].sort().map((name) => exposure(`secret ${name}`, `reads Secret ${name}`));
}
