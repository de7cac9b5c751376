import { fieldsOf, itemsOf, textOf, valueAt } from '../../../objects/fields.ts';
import { moved, type Say, type Wording } from '../../../objects/change/phrase.ts';

/** Where a variable's value comes from, for one that is added, removed or gets another source. */
export function variableSource({ before, after }: Wording): string {
  const entry = after ?? before;
  const verb = after === undefined ? 'removed' : before === undefined ? 'added' : 'changed';
  const from = (...path: readonly string[]): string | undefined => textOf(valueAt(entry, 'valueFrom', ...path));
  const secret = from('secretKeyRef', 'name');
  if (secret !== undefined) return `from Secret ${secret} ${verb}`;
  const config = from('configMapKeyRef', 'name');
  if (config !== undefined) return `from ConfigMap ${config} ${verb}`;
  const field = from('fieldRef', 'fieldPath');
  if (field !== undefined) return `from the pod's ${field} ${verb}`;
  const resource = from('resourceFieldRef', 'resource');
  if (resource !== undefined) return `from the container's ${resource} ${verb}`;
  return moved('', { after: valueAt(after, 'value'), before: valueAt(before, 'value') }).trim();
}

/** What several variables come from at once, in order, e.g. `variables from ConfigMap orders-config, Secret smtp as SMTP_…`. */
export const variablesWords: Say = ({ before, after }) => {
  const [left, right] = [before, after].map((list) => itemsOf(list).map(variablesSource).join(', '));
  if (before === undefined) return `variables from ${right} added`;
  return after === undefined ? `variables from ${left} removed` : `variables from ${left} → ${right}`;
};

function variablesSource(entry: unknown): string {
  const prefix = textOf(valueAt(entry, 'prefix'));
  const secret = textOf(valueAt(entry, 'secretRef', 'name'));
  const name = secret ?? textOf(valueAt(entry, 'configMapRef', 'name'));
  return `${secret === undefined ? 'ConfigMap' : 'Secret'} ${name ?? ''}${prefix === undefined ? '' : ` as ${prefix}…`}`;
}

/** What a volume is, e.g. `claim uploads`. */
export function volumeSource(volume: unknown): string {
  const name = (...path: readonly string[]): string | undefined => textOf(valueAt(volume, ...path));
  const claim = name('persistentVolumeClaim', 'claimName');
  if (claim !== undefined) return `claim ${claim}`;
  const config = name('configMap', 'name');
  if (config !== undefined) return `ConfigMap ${config}`;
  const secret = name('secret', 'secretName');
  if (secret !== undefined) return `Secret ${secret}`;
  const folder = name('hostPath', 'path');
  if (folder !== undefined) return `folder ${folder} of the node`;
  const sources = itemsOf(valueAt(volume, 'projected', 'sources'));
  if (sources.length > 0) return sources.map(projectedSource).join(', ');
  const size = name('ephemeral', 'volumeClaimTemplate', 'spec', 'resources', 'requests', 'storage');
  if (size !== undefined) return `${size} that go with the pod`;
  if (name('emptyDir', 'medium') === 'Memory') return 'emptyDir in memory';
  return Object.keys(fieldsOf(volume)).find((key) => key !== 'name') ?? 'nothing';
}

/** What one source of a projected volume is, e.g. `a token for vault`. */
export function projectedSource(source: unknown): string {
  const name = (...path: readonly string[]): string | undefined => textOf(valueAt(source, ...path));
  const secret = name('secret', 'name');
  if (secret !== undefined) return `Secret ${secret}`;
  const config = name('configMap', 'name');
  if (config !== undefined) return `ConfigMap ${config}`;
  const audience = name('serviceAccountToken', 'audience');
  return audience === undefined ? 'fields of the pod' : `a token for ${audience}`;
}
