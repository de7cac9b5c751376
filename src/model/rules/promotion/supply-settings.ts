import type { Delivery } from '../../delivery.ts';
import { packagedChartsOf } from '../../derived/charts/packaged-charts.ts';
import type { Problem } from '../../problem.ts';

/** Whether a path stays in the source that it is of. */
const isInSource = (path: string): boolean => path !== '' && !path.startsWith('/') && !path.split('/').includes('..');

/** A supply builds something, somewhere, within some time. */
export const supplySettings = ({ supplies }: Delivery): readonly Problem[] =>
  supplies.flatMap((supply) => {
    const { name, builder, buildMinutes } = supply;
    const path = `supplies.${name}`;
    const problems: Problem[] = [];
    if (buildMinutes !== undefined && !(Number.isInteger(buildMinutes) && buildMinutes >= 1))
      problems.push({
        path: `${path}.buildMinutes`,
        message: 'must be a whole number, 1 or more',
        given: buildMinutes,
      });
    if (builder.kind !== 'githubActions' && builder.kind !== 'tekton') return problems;
    const charts = packagedChartsOf(supply);
    if (builder.images.length === 0 && charts.length === 0)
      problems.push({
        path: `${path}.builder.images`,
        message: 'must name what is built, e.g. { artifact: "orders", context: "orders" }',
        given: builder.images,
      });
    for (const [i, { context }] of builder.images.entries())
      if (!isInSource(context))
        problems.push({
          path: `${path}.builder.images[${i}].context`,
          message: 'must be a folder of the source, e.g. "orders", or "." for all of it',
          given: context,
        });
    for (const [i, { chart, values = [] }] of charts.entries()) {
      const at = `${path}.builder.charts[${i}]`;
      if (!isInSource(chart))
        problems.push({
          path: `${at}.chart`,
          message: 'must be a folder of the source, e.g. "charts/orders"',
          given: chart,
        });
      for (const [n, file] of values.entries())
        if (!isInSource(file) || file.includes('\n'))
          problems.push({
            path: `${at}.values[${n}]`,
            message: 'must be a file of the source, e.g. "charts/orders/ci/ha.yaml"',
            given: file,
          });
    }
    return problems;
  });
