import { everyIngress } from '../../../../ingresses/ingresses.ts';
import type { RenderedObject } from '../../../../objects/rendered-object.ts';
import { foundAt, type Check } from '../../../../objects/check.ts';
import { DeclaredSecrets } from '../../../../objects/names/declared-secrets.ts';
import { placesOf, textOf, valueAt } from '../../../../objects/fields.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';

/** Every Secret, and every key of one, that an object names is a declared credential's; else the pod never starts. */
export const secrets: Check = {
  name: 'secrets',
  find(input, report) {
    const { objects } = input;
    const declared = new DeclaredSecrets(input);
    for (const workload of objects.workloads) {
      for (const { kind, name, key, field, keyField } of objects.references(workload)) {
        if (kind !== 'Secret') continue;
        if (!declared.has(workload.namespace, name)) {
          report(foundAt(workload.rendered, field, missing(name, declared.namesIn(workload.namespace))));
        } else if (key !== undefined && keyField !== undefined) {
          const keys = declared.keysOf(workload.namespace, name);
          if (keys !== undefined && !keys.has(key))
            report(
              foundAt(
                workload.rendered,
                keyField,
                `Secret "${name}" has no declared key "${key}"; ${suggestion(key, keys)}`,
              ),
            );
        }
      }
    }
    for (const rendered of objects.all) {
      const namespace = objects.namespaceOf(rendered.object);
      for (const { name, field } of secretFields(rendered)) {
        if (!declared.has(namespace, name))
          report(foundAt(rendered, field, missing(name, declared.namesIn(namespace))));
      }
    }
  },
};

const missing = (name: string, known: readonly string[]): string =>
  `no credential declares the Secret "${name}"; declare one with its keys, or ${suggestion(name, known)}`;

/** Fields outside of pod templates that hold a Secret's name, by kind. */
const single: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ...Object.fromEntries(everyIngress.flatMap(({ secretFields: fields }) => Object.entries(fields))),
  GitRepository: [['spec', 'secretRef', 'name']],
  HelmRepository: [['spec', 'secretRef', 'name']],
  ImageRepository: [['spec', 'secretRef', 'name']],
  OCIRepository: [['spec', 'secretRef', 'name']],
  Provider: [['spec', 'secretRef', 'name']],
  Receiver: [['spec', 'secretRef', 'name']],
};

/** Lists whose entries hold a Secret's name, by kind. */
const listed: Readonly<Record<string, readonly { readonly list: readonly string[]; readonly key: string }[]>> = {
  Ingress: [{ list: ['spec', 'tls'], key: 'secretName' }],
  ServiceAccount: [
    { list: ['secrets'], key: 'name' },
    { list: ['imagePullSecrets'], key: 'name' },
  ],
};

function secretFields({ object }: RenderedObject): readonly { readonly name: string; readonly field: string }[] {
  const one = (single[object.kind] ?? []).map((path) => ({
    name: textOf(valueAt(object, ...path)),
    field: path.join('.'),
  }));
  const many = (listed[object.kind] ?? []).flatMap(({ list, key }) =>
    placesOf(valueAt(object, ...list), list.join('.')).map(({ fields, path }) => ({
      name: textOf(fields[key]),
      field: `${path}.${key}`,
    })),
  );
  return [...one, ...many].flatMap(({ name, field }) => (name === undefined ? [] : [{ name, field }]));
}
