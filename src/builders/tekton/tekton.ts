import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { Supply } from '../../model/supply.ts';
import type { Ending, ToolInCluster } from '../../objects/tools/tool-in-cluster.ts';
import type { BuilderPlugin } from '../builder.ts';
import { listener } from './listener.ts';
import { pipeline } from './pipeline.ts';
import { pruning } from './pruning.ts';
import { accounts } from './rights.ts';
import { tektonSecrets } from './secrets.ts';
import { builtByTekton, namespaceOf, type TektonSupply } from './settings.ts';
import { checkTask } from './tasks/check.ts';
import { fetchTask } from './tasks/fetch.ts';
import { imageTask } from './tasks/image.ts';

/** What Tekton needs for one supply: who runs it, its tasks in their pipeline, and what starts that. What Tekton would fill in is said. */
function objectsOf(
  delivery: Delivery,
  place: Environment,
  supply: TektonSupply,
  endings: readonly Ending[],
): readonly KubernetesObject[] {
  const { tasks, images } = supply.builder;
  const namespace = namespaceOf(delivery, place, supply);
  return [
    ...accounts(namespace, supply),
    fetchTask(delivery, namespace, supply),
    ...tasks.map((task) => checkTask(namespace, supply, task)),
    ...images.map((image) => imageTask(delivery, namespace, supply, image)),
    pipeline(namespace, supply, endings),
    ...listener(delivery, namespace, supply, endings),
    ...pruning(namespace, supply),
  ];
}

const inCluster: ToolInCluster<Supply> = {
  place: 'toolchain',
  objects: (delivery, place, supplies, { endings }) =>
    builtByTekton(supplies).flatMap((supply) => objectsOf(delivery, place, supply, endings(supply))),
  secrets: (delivery, place, supplies) =>
    builtByTekton(supplies).flatMap((supply) => tektonSecrets(delivery, place, supply)),
};

/** Tekton, which runs in a cluster: a push that GitHub tells it of starts one run, which checks the commit and builds its images. */
export const tekton: BuilderPlugin<'tekton'> = {
  kind: 'tekton',
  words: () => 'built by Tekton',
  inCluster,
  checks: [],
};
