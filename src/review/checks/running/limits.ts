import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldsOf } from '../../../objects/fields.ts';
import { quantityOf } from '../../../objects/quantity.ts';

/** No container's limit is below its request: the API server refuses such a pod when it is made, not when it is applied. */
export const limits: Check = {
  name: 'limits',
  inContainer({ name, path, fields }, { rendered }, report) {
    const given = fieldsOf(fields['resources']);
    const requests = fieldsOf(given['requests']);
    const limited = fieldsOf(given['limits']);
    for (const what of Object.keys(limited)) {
      const limit = limited[what];
      const most = quantityOf(limit);
      const least = quantityOf(requests[what]);
      if (most === undefined || least === undefined || most >= least) continue;
      report(
        foundAt(
          rendered,
          `${path}.resources.limits.${what}`,
          `container "${name}" may use less ${what} than it asks for; write at least ${String(requests[what])}, got ${String(limit)}`,
        ),
      );
    }
  },
};
