import { fieldsOf, placesOf, textOf, type Fields } from './fields.ts';
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
export function podReferences(workload: Workload): readonly PodReference[] {
  const { pod, specPath, containers } = workload;
  return [
    ...containers.flatMap(({ fields, path }) => [...variables(fields, path), ...variableSources(fields, path)]),
    ...placesOf(pod['volumes'], `${specPath}.volumes`).flatMap((volume) => volumeReferences(volume.fields, volume.path)),
    ...placesOf(pod['imagePullSecrets'], `${specPath}.imagePullSecrets`).flatMap(({ fields, path }) => reference('Secret', fields, `${path}.name`)),
  ];
}

function reference(kind: PodReference['kind'], source: Fields, field: string, nameKey = 'name'): readonly PodReference[] {
  const name = textOf(source[nameKey]);
  return name === undefined || source['optional'] === true ? [] : [{ kind, name, field }];
}

function variables(container: Fields, path: string): readonly PodReference[] {
  return placesOf(container['env'], `${path}.env`).flatMap(({ fields, path: at }) => {
    if (fields['valueFrom'] === undefined) return [];
    const from = fieldsOf(fields['valueFrom']);
    return [
      ...keyReference('ConfigMap', from['configMapKeyRef'], `${at}.valueFrom.configMapKeyRef`),
      ...keyReference('Secret', from['secretKeyRef'], `${at}.valueFrom.secretKeyRef`),
    ];
  });
}

function keyReference(kind: 'ConfigMap' | 'Secret', value: unknown, path: string): readonly PodReference[] {
  const source = fieldsOf(value);
  const key = textOf(source['key']);
  return reference(kind, source, `${path}.name`).map((made) => (key === undefined ? made : { ...made, key, keyField: `${path}.key` }));
}

function variableSources(container: Fields, path: string): readonly PodReference[] {
  return placesOf(container['envFrom'], `${path}.envFrom`).flatMap(({ fields, path: at }) => [
    ...reference('ConfigMap', fieldsOf(fields['configMapRef']), `${at}.configMapRef.name`),
    ...reference('Secret', fieldsOf(fields['secretRef']), `${at}.secretRef.name`),
  ]);
}

function volumeReferences(volume: Fields, path: string): readonly PodReference[] {
  return [
    ...files('ConfigMap', volume['configMap'], `${path}.configMap`, 'name'),
    ...files('Secret', volume['secret'], `${path}.secret`, 'secretName'),
    ...reference('PersistentVolumeClaim', fieldsOf(volume['persistentVolumeClaim']), `${path}.persistentVolumeClaim.claimName`, 'claimName'),
    ...placesOf(fieldsOf(volume['projected'])['sources'], `${path}.projected.sources`).flatMap(({ fields, path: at }) => [
      ...files('ConfigMap', fields['configMap'], `${at}.configMap`, 'name'),
      ...files('Secret', fields['secret'], `${at}.secret`, 'name'),
    ]),
  ];
}

/** A ConfigMap or Secret as files: all of its keys, or the listed ones. */
function files(kind: 'ConfigMap' | 'Secret', value: unknown, path: string, nameKey: string): readonly PodReference[] {
  const source = fieldsOf(value);
  const whole = reference(kind, source, `${path}.${nameKey}`, nameKey);
  const items = placesOf(source['items'], `${path}.items`);
  if (items.length === 0) return whole;
  return whole.flatMap((made) =>
    items.map(({ fields, path: at }) => ({ ...made, key: textOf(fields['key']) ?? '', keyField: `${at}.key` })),
  );
}
