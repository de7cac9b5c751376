import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';

const minor = (line: string): number => Number(line.split('.')[1]);

/** The oldest Kubernetes line that an environment may run on is not newer than the newest. */
export const kubernetesLines = ({ environments }: Delivery): readonly Problem[] =>
  environments.flatMap(({ name, cluster: { kubernetes } }) =>
    minor(kubernetes.oldest) <= minor(kubernetes.newest)
      ? []
      : [
          {
            path: `environments.${name}.cluster.kubernetes.oldest`,
            message: `must not be newer than ${kubernetes.newest}`,
            given: kubernetes.oldest,
          },
        ],
  );
