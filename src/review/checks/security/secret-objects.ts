import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldsOf } from '../../../objects/fields.ts';

/** No Secret with contents is rendered: who reads the branch would have them, and the engine would delete the Secret with them. */
export const secretObjects: Check = {
  name: 'secret-objects',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('Secret')) {
      for (const field of ['data', 'stringData']) {
        const keys = Object.keys(fieldsOf(rendered.object[field]));
        if (keys.length > 0)
          report(
            foundAt(
              rendered,
              field,
              `a Secret with contents is rendered (${keys.join(', ')}); remove it and declare a credential with these keys`,
            ),
          );
      }
    }
  },
};
