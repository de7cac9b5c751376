import { stageOf, type Delivery } from '../../delivery.ts';
import { namespacesOf } from '../../derived/places/namespaces.ts';
import { engineNamespaceOf, type Environment } from '../../environment.ts';
import type { Problem } from '../../problem.ts';

/** As Kubernetes takes it. */
const namespaceName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Why an environment may not write to a namespace; nothing where it may. */
function objection(delivery: Delivery, environment: Environment, namespace: string): string | undefined {
  if (!namespaceName.test(namespace))
    return 'must be the name of a namespace: lower-case letters, digits and dashes, e.g. "monitoring"';
  if (namespacesOf(environment).includes(namespace)) return 'is its own namespace already; take it out';
  if (namespace === engineNamespaceOf(environment, stageOf(delivery, environment.name)?.engine.kind))
    return 'is where the engine runs: whoever writes there decides what is applied everywhere; take it out';
  const owner = delivery.environments.find(
    (other) => other.cluster.name === environment.cluster.name && namespacesOf(other).includes(namespace),
  );
  return owner === undefined ? undefined : `is that of ${owner.name}, which alone writes there; take it out`;
}

/** The further namespaces of an environment are nobody's whose guards they would get around, and each is named once. */
export const furtherNamespaces = (delivery: Delivery): readonly Problem[] =>
  delivery.environments.flatMap((environment) =>
    (environment.furtherNamespaces ?? []).flatMap((namespace, i, all): readonly Problem[] => {
      const message =
        all.indexOf(namespace) < i ? 'is named twice; take one out' : objection(delivery, environment, namespace);
      return message === undefined
        ? []
        : [{ path: `environments.${environment.name}.furtherNamespaces[${i}]`, message, given: namespace }];
    }),
  );
