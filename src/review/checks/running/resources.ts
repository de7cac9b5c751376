import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldsOf } from '../../../objects/fields.ts';
import { amountProblem as problemOfAmount } from '../../../model/formats/quantity.ts';
import { quantityOf } from '../../../objects/quantity.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';

/** Resources that Kubernetes knows; others carry a domain, e.g. `nvidia.com/gpu`. */
const known = /^(?:cpu|memory|ephemeral-storage|hugepages-.+|.+\/.+)$/;

/** Every container says what it needs and what it may use, of CPU and of memory. */
export const resources: Check = {
  name: 'resources',
  inContainer({ name, role, path, fields }, { rendered }, report, { policies }) {
    // Kubernetes allows no resources on ephemeral containers.
    if (role === 'ephemeral') return;
    const cpuLimits = policies?.cpuLimits ?? 'required';
    const resourcesOf = fieldsOf(fields['resources']);
    for (const part of ['requests', 'limits'] as const) {
      const given = fieldsOf(resourcesOf[part]);
      for (const what of Object.keys(given)) {
        if (!known.test(what))
          report(
            foundAt(
              rendered,
              `${path}.resources.${part}.${what}`,
              `there is no resource "${what}"; ${suggestion(what, ['cpu', 'memory', 'ephemeral-storage'])}`,
            ),
          );
      }
      for (const what of ['cpu', 'memory'] as const) {
        const problem = amountProblem(what, given[what]);
        if (problem !== undefined) report(foundAt(rendered, `${path}.resources.${part}.${what}`, problem));
      }
      if (part === 'limits' && cpuLimits === 'forbidden' && given['cpu'] !== undefined)
        report(
          foundAt(
            rendered,
            `${path}.resources.limits.cpu`,
            `container "${name}" has a limit of CPU, and the delivery forbids them; leave it out`,
          ),
        );
      const wanted = part === 'limits' && cpuLimits !== 'required' ? ['memory'] : ['cpu', 'memory'];
      const missing = wanted.filter((what) => quantityOf(given[what]) === undefined);
      if (missing.length === 0) continue;
      const why =
        part === 'requests'
          ? 'the scheduler does not know what it needs'
          : 'nothing keeps it from taking the whole node';
      report(
        foundAt(
          rendered,
          `${path}.resources.${part}`,
          `container "${name}" has no ${missing.join(' and ')} in its ${part}, so ${why}; write a quantity, e.g. ${missing.includes('cpu') ? '100m' : '128Mi'}`,
        ),
      );
    }
  },
};

/** What is wrong with an amount that Kubernetes reads and nobody means. */
const amountProblem = (what: 'cpu' | 'memory', given: unknown): string | undefined => {
  const problem =
    typeof given === 'string' || typeof given === 'number' ? problemOfAmount(what, String(given)) : undefined;
  return problem === undefined ? undefined : `${problem}, got ${String(given)}`;
};
