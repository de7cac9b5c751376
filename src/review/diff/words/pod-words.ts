import { itemsOf, textOf, valueAt } from '../../../objects/fields.ts';
import { entryOf, fieldPattern } from '../../../objects/change/path.ts';
import { hooked, lifecycleHooks } from './hook-words.ts';
import { imageWords } from './image-words.ts';
import { schedulingWords } from './scheduling-words.ts';
import { projectedSource, variableSource, variablesWords, volumeSource } from './source-words.ts';
import {
  labelled,
  lastField,
  moved,
  renamed,
  switched,
  type Say,
  type Wording,
} from '../../../objects/change/phrase.ts';

/** Fields of a container, below its entry in the list. */
const containerWords: Readonly<Record<string, Say>> = {
  image: imageWords,
  imagePullPolicy: labelled('image pull policy'),
  command: labelled('command'),
  args: labelled('arguments'),
  'command[]': labelled('command'),
  'args[]': labelled('argument'),
  'env[]': (wording) => `env ${entryOf(wording.path, 'env') ?? ''} ${variableSource(wording)}`,
  'env[].value': (wording) => moved(`env ${entryOf(wording.path, 'env') ?? ''}`, wording),
  'env[].valueFrom.secretKeyRef.name': (wording) =>
    moved(`env ${entryOf(wording.path, 'env') ?? ''} from Secret`, wording),
  'env[].valueFrom.secretKeyRef.key': (wording) => moved(`env ${entryOf(wording.path, 'env') ?? ''} from key`, wording),
  'ports[]': ({ path, before, after }) =>
    `port ${entryOf(path, 'ports') ?? ''} ${after === undefined ? 'closed' : before === undefined ? 'opened' : 'changed'}`,
  'ports[].name': renamed('port'),
  'env[].name': renamed('env'),
  'volumeMounts[].mountPath': (wording) =>
    typeof wording.before === 'string' && typeof wording.after === 'string'
      ? `mounts at ${wording.after} what was at ${wording.before}`
      : moved('mount path', wording),
  name: renamed('container'),
  'ports[].containerPort': (wording) => moved(`port ${entryOf(wording.path, 'ports') ?? ''}`, wording),
  'ports[].hostPort': (wording) => moved(`port ${entryOf(wording.path, 'ports') ?? ''} of the node`, wording),
  'resources.limits.cpu': labelled('CPU limit'),
  'resources.limits.memory': labelled('memory limit'),
  'resources.limits.ephemeral-storage': labelled('disk limit'),
  'resources.requests.cpu': labelled('CPU request'),
  'resources.requests.memory': labelled('memory request'),
  'resources.requests.ephemeral-storage': labelled('disk request'),
  envFrom: variablesWords,
  restartPolicy: ({ after }) => (after === undefined ? 'no longer a sidecar' : 'a sidecar, as long as the pod runs'),
  lifecycle: lifecycleHooks,
  'lifecycle.postStart': hooked('after the start'),
  'lifecycle.preStop': hooked('before the stop'),
  'lifecycle.preStop.sleep.seconds': labelled('waits before the stop', ' s'),
  'lifecycle.postStart.sleep.seconds': labelled('waits after the start', ' s'),
  'lifecycle.postStart.exec.command': labelled('command after the start'),
  'lifecycle.postStart.exec.command[]': labelled('command after the start'),
  'lifecycle.preStop.exec.command': labelled('command before the stop'),
  'lifecycle.preStop.exec.command[]': labelled('command before the stop'),
  'volumeMounts[]': ({ path, before, after }) =>
    `${after === undefined ? 'no longer mounts' : 'mounts'} ${textOf(valueAt(after ?? before, 'name')) ?? 'a volume'} at ${entryOf(path, 'volumeMounts') ?? ''}`,
  'volumeMounts[].name': (wording) => moved(`volume at ${entryOf(wording.path, 'volumeMounts') ?? ''}`, wording),
  'volumeMounts[].readOnly': ({ path, after }) =>
    `${entryOf(path, 'volumeMounts') ?? ''} ${after === true ? 'read-only' : 'writable'}`,
  'securityContext.privileged': switched('privileged', 'no longer privileged'),
  'securityContext.allowPrivilegeEscalation': ({ after }) =>
    after === false ? 'no privilege escalation' : 'privilege escalation allowed',
  'securityContext.readOnlyRootFilesystem': ({ after }) =>
    after === true ? 'root file system read-only' : 'root file system writable',
  'securityContext.runAsUser': labelled('user'),
  'securityContext.runAsGroup': labelled('group'),
  'securityContext.capabilities.add[]': labelled('capability'),
  'securityContext.capabilities.drop[]': ({ path, after }) =>
    `capability ${entryOf(path, 'drop') ?? ''} ${after === undefined ? 'no longer ' : ''}dropped`,
};

const probes: Readonly<Record<string, string>> = {
  readinessProbe: 'readiness probe',
  livenessProbe: 'liveness probe',
  startupProbe: 'startup probe',
};

/** Fields of a probe. */
const probeWords: Readonly<Record<string, (probe: string) => Say>> = {
  '':
    (probe) =>
    ({ before, after }) =>
      `${probe} ${after === undefined ? 'removed' : before === undefined ? 'added' : 'changed'}`,
  'httpGet.path': (probe) => labelled(`${probe} path`),
  'httpGet.port': (probe) => labelled(`${probe} port`),
  'tcpSocket.port': (probe) => labelled(`${probe} port`),
  'grpc.port': (probe) => labelled(`${probe} port`),
  'exec.command': (probe) => labelled(`${probe} command`),
  'exec.command[]': (probe) => labelled(`${probe} command`),
  initialDelaySeconds: (probe) => labelled(`${probe} starts after`, ' s'),
  periodSeconds: (probe) => labelled(`${probe} every`, ' s'),
  timeoutSeconds: (probe) => labelled(`${probe} timeout`, ' s'),
  failureThreshold: (probe) => labelled(`${probe} failures allowed`),
  successThreshold: (probe) => labelled(`${probe} successes needed`),
};

/** A mode as people write it, in octal. */
const octal = (mode: unknown): unknown => (typeof mode === 'number' ? `0${mode.toString(8)}` : mode);

const fileMode: Say = (wording) =>
  moved(`volume ${entryOf(wording.path, 'volumes') ?? ''}: files may be used as`, {
    before: octal(wording.before),
    after: octal(wording.after),
  });

const fileItem: Say = ({ path, before, after }) =>
  `volume ${entryOf(path, 'volumes') ?? ''}: file ${textOf(valueAt(after ?? before, 'path')) ?? ''} ${after === undefined ? 'removed' : before === undefined ? 'added' : 'changed'}`;

/** Fields of a pod template that lie in no container. */
const templateWords: Readonly<Record<string, Say>> = {
  'spec.terminationGracePeriodSeconds': labelled('time to stop', ' s'),
  'spec.serviceAccountName': labelled('service account'),
  'spec.automountServiceAccountToken': ({ after }) =>
    after === false ? 'no service account token' : 'service account token mounted',
  'spec.shareProcessNamespace': switched('containers share processes', 'containers no longer share processes'),
  'spec.hostNetwork': switched("in the node's network", "no longer in the node's network"),
  'spec.hostPID': switched("among the node's processes", "no longer among the node's processes"),
  'spec.hostIPC': switched("in the node's shared memory", "no longer in the node's shared memory"),
  'spec.securityContext.runAsUser': labelled('user'),
  'spec.securityContext.runAsGroup': labelled('group'),
  'spec.securityContext.fsGroup': labelled('group of volumes'),
  'spec.securityContext.fsGroupChangePolicy': labelled('group of volumes is set'),
  'spec.securityContext.runAsNonRoot': ({ after }) => (after === true ? 'never runs as root' : 'may run as root'),
  'spec.priorityClassName': labelled('priority class'),
  'spec.volumes[]': ({ path, before, after }) =>
    `volume ${entryOf(path, 'volumes') ?? ''} (${volumeSource(after ?? before)}) ${after === undefined ? 'removed' : before === undefined ? 'added' : 'changed'}`,
  'spec.volumes[].name': renamed('volume'),
  'spec.volumes[].persistentVolumeClaim.claimName': (wording) =>
    moved(`volume ${entryOf(wording.path, 'volumes') ?? ''}: claim`, wording),
  'spec.volumes[].configMap.name': (wording) =>
    moved(`volume ${entryOf(wording.path, 'volumes') ?? ''}: ConfigMap`, wording),
  'spec.volumes[].secret.secretName': (wording) =>
    moved(`volume ${entryOf(wording.path, 'volumes') ?? ''}: Secret`, wording),
  ...Object.fromEntries(
    ['configMap', 'secret', 'projected'].map((kind) => [`spec.volumes[].${kind}.defaultMode`, fileMode]),
  ),
  ...Object.fromEntries(
    ['configMap', 'secret'].flatMap((kind) => [
      [`spec.volumes[].${kind}.items[]`, fileItem],
      [`spec.volumes[].${kind}.items[].mode`, fileMode],
    ]),
  ),
  'spec.volumes[].projected.sources[]': (wording) =>
    `volume ${entryOf(wording.path, 'volumes') ?? ''}: ${wording.after === undefined ? 'no longer ' : ''}holds ${projectedSource(wording.after ?? wording.before)}`,
  'spec.volumes[].emptyDir.sizeLimit': (wording) =>
    moved(`volume ${entryOf(wording.path, 'volumes') ?? ''}: at most`, wording),
};

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/**
 * Words for a difference inside a pod template. A container is named where the pod has more than one.
 *
 * @param template - the pod template as it will be
 */
export function podWords(wording: Wording, template: unknown): string | undefined {
  const pattern = fieldPattern(wording.path);
  const list = containerLists.find((name) => pattern.startsWith(`spec.${name}[]`));
  if (list !== undefined) return inContainer(list, wording, template, pattern.slice(`spec.${list}[].`.length));
  if (pattern.startsWith('metadata.labels.')) return moved(`pod label ${lastField(wording)}`, wording);
  if (pattern.startsWith('metadata.annotations.')) return moved(`pod annotation ${lastField(wording)}`, wording);
  const scheduled = schedulingWords(pattern, wording);
  if (scheduled !== undefined) return scheduled;
  if (pattern === 'spec.initContainers') return moved('order of init containers', wording);
  return templateWords[pattern]?.(wording);
}

function inContainer(list: string, wording: Wording, template: unknown, field: string): string | undefined {
  const name = entryOf(wording.path, list) ?? '';
  const role = list === 'initContainers' ? 'init container' : 'container';
  if (field === '') {
    const image = textOf(valueAt(wording.after ?? wording.before, 'image'));
    return `${role} ${name} ${wording.after === undefined ? 'removed' : wording.before === undefined ? 'added' : 'changed'}${image === undefined || wording.after === undefined ? '' : ` (image ${image})`}`;
  }
  const said = Object.hasOwn(containerWords, field) ? containerWords[field]?.(wording) : probe(field, wording);
  if (said === undefined) return undefined;
  const count = containerLists.reduce((sum, key) => sum + itemsOf(valueAt(template, 'spec', key)).length, 0);
  return count > 1 ? `${role} ${name}: ${said}` : said;
}

function probe(field: string, wording: Wording): string | undefined {
  const [name = '', ...rest] = field.split('.');
  const label = probes[name];
  return label === undefined ? undefined : probeWords[rest.join('.')]?.(label)(wording);
}
