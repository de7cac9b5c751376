import { fieldsOf, placesOf, textOf, type Fields, type FieldPlace } from '../fields.ts';
import type { Workload } from './workload.ts';

/** Something that a pod needs by name before it starts. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim';
  readonly name: string;
  /** One key of it. @default - all of it */
  readonly key?: string;
  /** Path of the field that holds the name. */
  readonly field: string;
  /** Path of the field that holds the key. @default - no key */
  readonly keyField?: string;
}

/** Every ConfigMap, Secret and claim that a pod template names, except those it declares optional. */
export function podReferences({ pod, specPath, containers, volumes }: Workload): readonly PodReference[] {
  const found: PodReference[] = [];
  for (const { fields, path, variables } of containers) {
    for (const variable of variables) addVariable(found, variable);
    for (const source of placesOf(fields['envFrom'], `${path}.envFrom`)) addVariables(found, source);
  }
  for (const volume of volumes) addVolume(found, volume);
  for (const { fields, path } of placesOf(pod['imagePullSecrets'], `${specPath}.imagePullSecrets`))
    add(found, 'Secret', fields, `${path}.name`);
  return found;
}

/** Adds what a field names, unless it is optional. */
function add(found: PodReference[], kind: PodReference['kind'], source: Fields, field: string, nameKey = 'name'): void {
  const name = textOf(source[nameKey]);
  if (name !== undefined && source['optional'] !== true) found.push({ kind, name, field });
}

function addVariable(found: PodReference[], { fields, path }: FieldPlace): void {
  if (fields['valueFrom'] === undefined) return;
  const { configMapKeyRef, secretKeyRef } = fieldsOf(fields['valueFrom']);
  if (configMapKeyRef !== undefined)
    addKey(found, 'ConfigMap', fieldsOf(configMapKeyRef), `${path}.valueFrom.configMapKeyRef`);
  if (secretKeyRef !== undefined) addKey(found, 'Secret', fieldsOf(secretKeyRef), `${path}.valueFrom.secretKeyRef`);
}

function addKey(found: PodReference[], kind: 'ConfigMap' | 'Secret', source: Fields, path: string): void {
  const name = textOf(source['name']);
  const key = textOf(source['key']);
  if (name === undefined || source['optional'] === true) return;
  found.push(
    key === undefined
      ? { kind, name, field: `${path}.name` }
      : { kind, name, field: `${path}.name`, key, keyField: `${path}.key` },
  );
}

function addVariables(found: PodReference[], { fields, path }: FieldPlace): void {
  if (fields['configMapRef'] !== undefined)
    add(found, 'ConfigMap', fieldsOf(fields['configMapRef']), `${path}.configMapRef.name`);
  if (fields['secretRef'] !== undefined) add(found, 'Secret', fieldsOf(fields['secretRef']), `${path}.secretRef.name`);
}

function addVolume(found: PodReference[], { fields, path }: FieldPlace): void {
  const { configMap, secret, persistentVolumeClaim, projected } = fields;
  if (configMap !== undefined) addFiles(found, 'ConfigMap', fieldsOf(configMap), `${path}.configMap`, 'name');
  if (secret !== undefined) addFiles(found, 'Secret', fieldsOf(secret), `${path}.secret`, 'secretName');
  if (persistentVolumeClaim !== undefined)
    add(
      found,
      'PersistentVolumeClaim',
      fieldsOf(persistentVolumeClaim),
      `${path}.persistentVolumeClaim.claimName`,
      'claimName',
    );
  if (projected === undefined) return;
  for (const source of placesOf(fieldsOf(projected)['sources'], `${path}.projected.sources`)) {
    addFiles(found, 'ConfigMap', fieldsOf(source.fields['configMap']), `${source.path}.configMap`, 'name');
    addFiles(found, 'Secret', fieldsOf(source.fields['secret']), `${source.path}.secret`, 'name');
  }
}

/** A ConfigMap or Secret as files: all of its keys, or the listed ones. */
function addFiles(
  found: PodReference[],
  kind: 'ConfigMap' | 'Secret',
  source: Fields,
  path: string,
  nameKey: string,
): void {
  const items = placesOf(source['items'], `${path}.items`);
  if (items.length === 0) {
    add(found, kind, source, `${path}.${nameKey}`, nameKey);
    return;
  }
  const name = textOf(source[nameKey]);
  if (name === undefined || source['optional'] === true) return;
  for (const { fields, path: at } of items)
    found.push({ kind, name, field: `${path}.${nameKey}`, key: textOf(fields['key']) ?? '', keyField: `${at}.key` });
}
