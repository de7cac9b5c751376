import { levelOfNamespace } from '../../../model/pods/pod-security.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldPath } from '../../../objects/fields.ts';

const enforce = 'pod-security.kubernetes.io/enforce';

/** Each namespace of the environment makes the API server refuse pods that do more than the environment says: usually "restricted". */
export const namespaceSecurity: Check = {
  name: 'namespace-security',
  find({ environment, objects }, report) {
    for (const rendered of objects.ofKind('Namespace')) {
      const said = levelOfNamespace(environment, rendered.object.metadata.name);
      const level = rendered.object.metadata.labels?.[enforce];
      if (level === said) continue;
      report(
        foundAt(
          rendered,
          fieldPath('metadata.labels', enforce),
          `the namespace does not enforce Pod Security "${said}"; write "${said}", got ${level === undefined ? 'nothing' : `"${level}"`}`,
        ),
      );
    }
  },
};
