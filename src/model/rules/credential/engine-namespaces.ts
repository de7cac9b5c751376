import { stageOf, type Delivery } from '../../delivery.ts';
import { engineNamespaceOf } from '../../environment.ts';
import type { Problem } from '../../problem.ts';

/** The engine finds its key to the ops repository: the credential lies in the namespace that the engine runs in. */
export const engineNamespaces = (delivery: Delivery): readonly Problem[] =>
  delivery.environments.flatMap((environment) => {
    const wanted = engineNamespaceOf(environment, stageOf(delivery, environment.name)?.engine.kind);
    return environment.credentials.flatMap(({ name, purpose, store }) =>
      purpose !== 'gitRead' || store.kind !== 'kubernetes' || store.namespace === wanted
        ? []
        : [
            {
              path: `environments.${environment.name}.credentials.${name}.store.namespace`,
              message: `must be "${wanted}", where the engine runs and looks for it; correct it, or environments.${environment.name}.cluster.engineNamespace`,
              given: store.namespace,
            },
          ],
    );
  });
