import { engineOf, usualEngine } from '../../engines/engines.ts';
import { environmentOf } from '../../model/delivery.ts';
import { unitOf } from '../../model/derived/units.ts';
import { bootstrapPending } from '../../cluster/bootstrap-pending.ts';
import { unlessForbidden, type Cluster } from '../../clients/kubernetes/cluster.ts';
import { readPublished } from '../../ops/branch/published-objects.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { timedStep } from '../words/timed-step.ts';
import { bootstrapOrder } from '../../review/diff/order/bootstrap-order.ts';
import type { PendingBootstrap } from '../words/pending-line.ts';

/** Compares `bootstrap/` of an environment's branch with the cluster. @throws ClusterError when the cluster cannot be asked at all */
export async function pendingBootstrap(
  cluster: Cluster,
  ops: Pick<OpsContext, 'repository' | 'delivery'>,
  environment: string,
): Promise<PendingBootstrap> {
  const published = await readPublished(ops, unitOf(ops.delivery, { environment }));
  const wanted = (published?.objects({ leaveOutUnreadable: true }) ?? [])
    .filter(({ path }) => path.startsWith('bootstrap/'))
    .map(({ object }) => object);
  return unlessForbidden(
    async () => {
      const [pending, live] = await Promise.all([
        bootstrapPending(cluster, wanted),
        Promise.all(
          wanted.map(({ apiVersion, kind, metadata }) =>
            cluster.read(apiVersion, kind, metadata.name, metadata.namespace),
          ),
        ),
      ]);
      // What is not there at all is pending, and needs no order.
      const there = live.filter((object) => object !== undefined);
      const order = bootstrapOrder(
        there,
        wanted.filter((_, i) => live[i] !== undefined),
      );
      const engine = engineOf(ops.delivery, environment) ?? usualEngine;
      const place = environmentOf(ops.delivery, environment);
      const names = new Set(
        place.applications.map((application) => {
          const { kind, name } = engine.watches({ delivery: ops.delivery, environment: place }, application);
          return `${kind}/${name}`;
        }),
      );
      const watched = there.filter(({ kind, metadata }) => names.has(`${kind}/${metadata.name}`));
      const goesLast = (name: string): boolean => {
        const own = order.filter(({ object }) => object === name);
        return own.length > 0 && own.every(({ when }) => when === 'after');
      };
      return {
        pending,
        lacking: pending.filter((name) => !goesLast(name)),
        steps: order.map((step) => timedStep(step, watched, engine)),
      };
    },
    (why) => ({ pending: [], lacking: [], steps: [`bootstrap/ cannot be looked at: ${why}`] }),
  );
}
