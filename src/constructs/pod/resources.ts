import { k8s } from 'cdk8s-plus-28';
import type { Resources } from '../../model/container.ts';

/** What a container reserves and may use, as Kubernetes wants it. */
export function resourceRequirements({ requests, limits }: Resources): k8s.ResourceRequirements {
  return { requests: quantities(requests), ...(limits === undefined ? {} : { limits: quantities(limits) }) };
}

function quantities(amounts: { readonly cpu?: string; readonly memory?: string }): Record<string, k8s.Quantity> {
  return {
    ...(amounts.cpu === undefined ? {} : { cpu: k8s.Quantity.fromString(amounts.cpu) }),
    ...(amounts.memory === undefined ? {} : { memory: k8s.Quantity.fromString(amounts.memory) }),
  };
}
