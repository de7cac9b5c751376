import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';

/** A supply builds something, somewhere, within some time. */
export const supplySettings = ({ supplies }: Delivery): readonly Problem[] =>
  supplies.flatMap(({ name, builder, buildMinutes }) => {
    const path = `supplies.${name}`;
    const problems: Problem[] = [];
    if (buildMinutes !== undefined && !(Number.isInteger(buildMinutes) && buildMinutes >= 1))
      problems.push({
        path: `${path}.buildMinutes`,
        message: 'must be a whole number, 1 or more',
        given: buildMinutes,
      });
    if (builder.kind !== 'githubActions' && builder.kind !== 'tekton') return problems;
    if (builder.images.length === 0)
      problems.push({
        path: `${path}.builder.images`,
        message: 'must name what is built, e.g. { artifact: "orders", context: "orders" }',
        given: builder.images,
      });
    for (const [i, { context }] of builder.images.entries())
      if (context === '' || context.startsWith('/') || context.split('/').includes('..'))
        problems.push({
          path: `${path}.builder.images[${i}].context`,
          message: 'must be a folder of the source, e.g. "orders", or "." for all of it',
          given: context,
        });
    return problems;
  });
