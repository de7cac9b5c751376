import type { KubernetesObject } from '../../src/model/application.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

const allowedVolumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const allowedSeccomp = ['RuntimeDefault', 'Localhost'];
const allowedSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
];

/** The pod spec inside a workload, job or cron job; undefined for objects that make no pods. */
export function podSpecOf({ kind, spec }: KubernetesObject): Fields | undefined {
  const outer = fieldsOf(spec);
  if (kind === 'Pod') return outer;
  const owner = kind === 'CronJob' ? fieldsOf(fieldsOf(outer['jobTemplate'])['spec']) : outer;
  const template = owner['template'];
  return template === undefined ? undefined : fieldsOf(fieldsOf(template)['spec']);
}

/**
 * What the admission controller of Kubernetes would refuse under Pod Security "restricted", baseline included, in its own order.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function violationsOf(pod: Fields): readonly string[] {
  const podSecurity = fieldsOf(pod['securityContext']);
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((group) => listOf(pod[group]));
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].flatMap((field) => (pod[field] === true ? [field] : [])),
    ...listOf(podSecurity['sysctls']).flatMap(({ name }) =>
      allowedSysctls.includes(String(name)) ? [] : [`sysctl ${String(name)}`],
    ),
    ...listOf(pod['volumes']).flatMap((volume) =>
      Object.keys(volume)
        .filter((kind) => kind !== 'name' && !allowedVolumes.includes(kind))
        .map((kind) => `volume ${String(volume['name'])}: ${kind}`),
    ),
    ...containers.flatMap((container) =>
      violationsOfContainer(container, podSecurity).map((violation) => `${String(container['name'])}: ${violation}`),
    ),
  ];
}

function violationsOfContainer(container: Fields, podSecurity: Fields): readonly string[] {
  const own = fieldsOf(container['securityContext']);
  const effective = { ...podSecurity, ...own };
  const capabilities = fieldsOf(own['capabilities']);
  const { drop = [], add = [] } = capabilities as { drop?: readonly string[]; add?: readonly string[] };
  const seccomp = fieldsOf(effective['seccompProfile'])['type'];
  const rules: readonly (readonly [boolean, string])[] = [
    [own['privileged'] === true, 'privileged'],
    [own['allowPrivilegeEscalation'] !== false, 'allowPrivilegeEscalation'],
    [!drop.includes('ALL'), 'keeps capabilities'],
    [add.some((capability) => capability !== 'NET_BIND_SERVICE'), 'adds capabilities'],
    [effective['runAsNonRoot'] !== true, 'runAsNonRoot'],
    [effective['runAsUser'] === 0, 'runs as root'],
    [!allowedSeccomp.includes(String(seccomp)), 'seccompProfile'],
    [(own['procMount'] ?? 'Default') !== 'Default', 'procMount'],
    [listOf(container['ports']).some((port) => (port['hostPort'] ?? 0) !== 0), 'hostPort'],
  ];
  return rules.flatMap(([violated, name]) => (violated ? [name] : []));
}
