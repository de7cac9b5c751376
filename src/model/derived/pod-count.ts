import type { Service } from '../service.ts';

/** How many pods a service runs, in words, e.g. `2 to 8 replicas`. */
export function podCount({ replicas = 1, autoscaling, workload }: Service): string {
  if (workload === 'DaemonSet') return 'one on each node';
  if (autoscaling !== undefined) return `${autoscaling.min} to ${autoscaling.max} replicas`;
  return replicas === 1 ? '1 replica' : `${replicas} replicas`;
}
