import { stageOf, type Delivery } from '../../delivery.ts';
import { engineNamespaceOf } from '../../environment.ts';
import type { Problem } from '../../problem.ts';

/** Names beside which an environment's own would stand, and whose they are. */
const reserved: Readonly<Record<string, string>> = {
  platform: 'the stack of what environments share',
  program: "the folder of the program repository's workflows",
  source: "the folder of the source repository's workflows",
};

/** Namespaces of the cluster itself. An environment's namespace lets in only pods that are locked down, and these are not. */
const ofCluster = /^kube-|^default$/;

/**
 * No environment has a name that means something else where environments are listed, among stacks and in the folder of renderings,
 * and none takes a namespace of the cluster itself or of the engine.
 */
export const reservedNames = (delivery: Delivery): readonly Problem[] =>
  delivery.environments.flatMap(({ name, namespace, cluster }) => {
    const owner = Object.hasOwn(reserved, name) ? reserved[name] : undefined;
    const path = `environments.${name}`;
    return [
      ...(owner === undefined
        ? []
        : [{ path: `${path}.name`, message: `is ${owner}; choose another name`, given: name }]),
      ...(namespace === engineNamespaceOf({ cluster }, stageOf(delivery, name)?.engine.kind)
        ? [{ path: `${path}.namespace`, message: 'is where the engine runs; choose another name', given: namespace }]
        : []),
      ...(ofCluster.test(namespace)
        ? [
            {
              path: `${path}.namespace`,
              message: 'belongs to the cluster itself; choose another name',
              given: namespace,
            },
          ]
        : []),
    ];
  });
