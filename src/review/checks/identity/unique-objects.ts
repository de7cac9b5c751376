import { foundAt, type Check } from '../../../objects/check.ts';
import { kindOf } from '../../../objects/kind.ts';

/** No two objects have one identity (group, kind, namespace and name): the later one would overwrite the earlier. */
export const uniqueObjects: Check = {
  name: 'unique-objects',
  find({ objects }, report) {
    const first = new Map<string, string>();
    for (const rendered of objects.all) {
      const { object, construct, path } = rendered;
      const id = `${kindOf(object)} ${objects.namespaceOf(object)}/${object.metadata.name}`;
      const other = first.get(id);
      if (other === undefined) first.set(id, construct === '' ? path : construct);
      else
        report(
          foundAt(
            rendered,
            'metadata.name',
            `${other} makes a ${object.kind} "${object.metadata.name}" too; give one of them another name`,
          ),
        );
    }
  },
};
