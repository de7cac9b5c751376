import { deliveryOfMany, pageOfDelivery } from '../../test/page/big-page.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import type { RenderedEnvironment } from '../../src/render/rendered-environment.ts';
import { diffTrees } from '../../src/review/diff/diff-trees.ts';
import { treeOfFiles, treeOfRendered } from '../../src/review/diff/tree-object.ts';

const warmUps = 1;
const runs = 3;

const render = (delivery: Delivery, environment: Environment): RenderedEnvironment =>
  renderEnvironment(delivery, environment, delivery.initialReleases[environment.name] ?? { images: {} }, {
    opsRepository: 'https://example.com/ops.git',
  });

/** The files of each environment's branch, of which half say something else. */
const published = (delivery: Delivery): readonly ReadonlyMap<string, string>[] =>
  delivery.environments.map(
    (environment) =>
      new Map(
        [...render(delivery, environment).files].map(([path, text], i) => [
          path,
          i % 2 === 0 ? text : text.replace(/^metadata:\n/m, 'metadata:\n  generateName: changed\n'),
        ]),
      ),
  );

/** What `portolan diff` does once it has the text of every branch: reads it, renders every environment, and compares. */
function diffed(delivery: Delivery, branches: readonly ReadonlyMap<string, string>[]): void {
  const differing = delivery.environments.map(
    (environment, i) =>
      diffTrees(treeOfFiles(branches[i] ?? new Map()), treeOfRendered(render(delivery, environment))).objects.length,
  );
  if (differing.some((count) => count < 2000)) throw new Error(`only ${differing.join(' and ')} objects differ`);
}

async function cpuSeconds(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/**
 * How much of the processor time of diffing a delivery its page takes, of some ten thousand objects: the pictures of its topology, the
 * sheets of its services and the whole HTML. The median of some pairs, each of services with other names, so that nothing is known from the one before.
 *
 * @param packageFolder - folder of Portolan itself
 */
export async function pageBesideDiff(packageFolder: string): Promise<number> {
  const ratios: number[] = [];
  for (let i = 0; i < warmUps + runs; i++) {
    const delivery = deliveryOfMany(1_250, `${'m'.repeat(i + 1)}-service`);
    const page = await cpuSeconds(() => pageOfDelivery(delivery, packageFolder));
    const branches = published(delivery);
    const diff = await cpuSeconds(() => {
      diffed(delivery, branches);
    });
    if (i >= warmUps) ratios.push(page / diff);
  }
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN;
}
