import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { servicesIn } from '../place.ts';

const isWhole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;

/** Replica counts are whole, and either the owner or the autoscaler chooses them. */
export const replicas = (delivery: Delivery): readonly Problem[] =>
  servicesIn(delivery).flatMap(({ path, service }) => {
    const { autoscaling, maxUnavailable, replicas: count } = service;
    const problems: Problem[] = [];
    if (count !== undefined && !isWhole(count, 0))
      problems.push({ path: `${path}.replicas`, message: 'must be a whole number, 0 or more', given: count });
    if (autoscaling !== undefined) {
      const { min, max, cpuPercent } = autoscaling;
      if (count !== undefined)
        problems.push({
          path: `${path}.replicas`,
          message: 'is overruled by autoscaling; write one of the two',
          given: count,
        });
      if (!isWhole(min, 1))
        problems.push({ path: `${path}.autoscaling.min`, message: 'must be a whole number, 1 or more', given: min });
      if (!isWhole(max, 1) || max < min)
        problems.push({
          path: `${path}.autoscaling.max`,
          message: 'must be a whole number, and not below min',
          given: max,
        });
      if (cpuPercent !== undefined && !isWhole(cpuPercent, 1))
        problems.push({
          path: `${path}.autoscaling.cpuPercent`,
          message: 'must be a whole number of percent, 1 or more',
          given: cpuPercent,
        });
    }
    const fits =
      typeof maxUnavailable === 'number'
        ? isWhole(maxUnavailable, 0)
        : /^(100|[1-9]?\d)%$/.test(maxUnavailable ?? '0%');
    if (!fits)
      problems.push({
        path: `${path}.maxUnavailable`,
        message: 'must be a whole number or a percentage, e.g. 1 or "25%"',
        given: maxUnavailable,
      });
    return problems;
  });
