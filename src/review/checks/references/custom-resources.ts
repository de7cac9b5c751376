import { everyEngine } from '../../../engines/engines.ts';
import { everyIngress } from '../../../ingresses/ingresses.ts';
import { namespacesOf } from '../../../model/derived/places/namespaces.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { customReferences } from '../../../objects/names/custom-references.ts';
import { fieldPath, textOf } from '../../../objects/fields.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';
import { textsAt } from '../../../objects/walk.ts';

const references = [...customReferences, ...[...everyEngine, ...everyIngress].flatMap((plugin) => plugin.references)];
const annotations = everyEngine.flatMap(({ annotationReferences }) => annotationReferences);

/** Names inside custom resources, of plug-ins and of others, are names of objects that are there. */
export const customResources: Check = {
  name: 'custom-resources',
  find({ objects, delivery: { toolchains = [] } }, report) {
    // What lies in a toolchain is rendered there.
    const elsewhere = new Set(toolchains.flatMap(namespacesOf));
    for (const { from, path, to } of references) {
      for (const rendered of objects.ofKind(from)) {
        for (const { text: name, path: field, parent } of textsAt(rendered.object, path)) {
          const kind = typeof to === 'string' ? to : to(parent);
          const namespace = textOf(parent['namespace']) ?? objects.namespaceOf(rendered.object);
          if (kind === undefined || name === '*') continue;
          reportMissing(objects, rendered, field, { kind, name, namespace }, report);
        }
      }
    }
    for (const { from, annotation, to: kind } of annotations) {
      for (const rendered of objects.ofKind(from)) {
        const [namespace, name] = rendered.object.metadata.annotations?.[annotation]?.split(':') ?? [];
        if (namespace === undefined || name === undefined || elsewhere.has(namespace)) continue;
        const field = fieldPath('metadata.annotations', annotation);
        reportMissing(objects, rendered, field, { kind, name, namespace }, report);
      }
    }
  },
};

/** What a name stands for. */
interface Named {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

function reportMissing(
  objects: ObjectIndex,
  rendered: RenderedObject,
  field: string,
  { kind, name, namespace }: Named,
  report: Report,
): void {
  if (objects.find(kind, name, namespace) !== undefined) return;
  const plain = kind.split('.')[0] ?? kind;
  report(
    foundAt(
      rendered,
      field,
      `there is no ${plain} "${name}" in this environment; ${suggestion(name, objects.namesOf(kind, namespace))}`,
    ),
  );
}
