import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { placesOf, textOf, valueAt, type Fields } from '../../../objects/fields.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';

/** A Tekton trigger gives its template every parameter that has no default; else the placeholder itself is used as value. */
export const triggerParameters: Check = {
  name: 'trigger-parameters',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('EventListener.triggers.tekton.dev')) {
      const namespace = objects.namespaceOf(rendered.object);
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'triggers'), 'spec.triggers')) {
        const templateName = textOf(valueAt(fields, 'template', 'ref')) ?? '';
        const template = objects.find('TriggerTemplate.triggers.tekton.dev', templateName, namespace);
        if (template === undefined) continue;
        const bound = boundNames(objects, namespace, fields);
        for (const name of requiredNames(template)) {
          if (bound.includes(name)) continue;
          report(
            foundAt(
              rendered,
              `${path}.bindings`,
              `no binding gives TriggerTemplate "${templateName}" its parameter "${name}"; bind it, got ${bound.join(', ')}`,
            ),
          );
        }
      }
    }
  },
};

const requiredNames = (template: RenderedObject): readonly string[] =>
  placesOf(valueAt(template.object, 'spec', 'params'), '').flatMap(({ fields }) => {
    const name = textOf(fields['name']);
    return name === undefined || fields['default'] !== undefined ? [] : [name];
  });

function boundNames(objects: ObjectIndex, namespace: string, trigger: Fields): readonly string[] {
  return placesOf(trigger['bindings'], '').flatMap(({ fields }) => {
    const inline = textOf(fields['name']);
    if (inline !== undefined) return [inline];
    const binding = objects.find('TriggerBinding.triggers.tekton.dev', textOf(fields['ref']) ?? '', namespace);
    return placesOf(valueAt(binding?.object, 'spec', 'params'), '').flatMap(
      (param) => textOf(param.fields['name']) ?? [],
    );
  });
}
