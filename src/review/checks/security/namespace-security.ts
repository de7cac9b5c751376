import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldPath } from '../../../objects/fields.ts';

const enforce = 'pod-security.kubernetes.io/enforce';

/** The environment's namespace makes the API server refuse pods that break Pod Security "restricted". */
export const namespaceSecurity: Check = {
  name: 'namespace-security',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('Namespace')) {
      const level = rendered.object.metadata.labels?.[enforce];
      if (level === 'restricted') continue;
      report(
        foundAt(
          rendered,
          fieldPath('metadata.labels', enforce),
          `the namespace does not enforce Pod Security "restricted"; write "restricted", got ${level === undefined ? 'nothing' : `"${level}"`}`,
        ),
      );
    }
  },
};
