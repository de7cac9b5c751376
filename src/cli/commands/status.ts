import pc from 'picocolors';
import type { Define } from '../command.ts';
import type { Delivery } from '../../model/delivery.ts';
import { unitOf, type UnitName } from '../../model/derived/units.ts';
import { readStatus } from '../../ops/status/read-status.ts';
import { strangeProposals } from '../../ops/leftovers/leftovers.ts';
import { describeStatus } from '../words/describe-status.ts';
import { describeLeftover } from '../words/describe-leftover.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { openOps } from '../open/open-ops.ts';
import { openToShow } from '../project/open-to-show.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { askClusters, type ClusterFlags } from '../ask/ask-clusters.ts';
import { withClusterFlags } from '../arguments/cluster-flags.ts';
import { withOps } from '../arguments/write-options.ts';

/** `portolan status`: where every environment stands: release, lag, holds, edits, and what is live. */
export const define: Define = (command, act) => {
  withOps(
    withClusterFlags(
      withExamples(command, 'status', 'status prod --no-cluster').argument(
        '[environments...]',
        'only these (default: all)',
      ),
    ),
  ).action(
    act(async (context, names: string[], options: ClusterFlags & { ops?: string }) => {
      const { terminal } = context;
      const project = await openToShow(context);
      const environments = chooseEnvironments(project.delivery, names);
      const ops = await openOps(project, { address: options.ops });
      const statuses = await readStatus(ops, environments, { resolveDigest });
      const now = ops.clock();
      const liveOf = await askClusters(project, ops, environments, options);
      const all = statuses.map((status) => ({
        ...status,
        live: liveOf(status),
      }));
      for (const { live, ...status } of all)
        for (const line of describeStatus(status, live, {
          now,
          tagOption: tagOptionOf(project.delivery, status),
          repository: ops.repository.shown,
        }))
          terminal.say(line);
      const strange = names.length === 0 ? await strangeProposals(ops) : [];
      for (const branch of strange)
        terminal.say(pc.yellow(`left over: ${describeLeftover(branch, ops.repository.shown, now)}`));
      terminal.result({
        repository: ops.repository.shown,
        environments: all,
        ...(strange.length === 0 ? {} : { leftovers: strange }),
      });
      return true;
    }),
  );
};

/** What a promotion needs besides the environment it comes from: where releases are tags, the tag that makes it one. */
function tagOptionOf(delivery: Delivery, unit: UnitName): string {
  const { stage } = unitOf(delivery, unit);
  return stage?.versions?.kind === 'semver' && stage.triggers.some(({ on }) => on === 'gitTag') ? ' --git-tag TAG' : '';
}

/** Milliseconds that a registry may take where somebody only looks. */
const longestLook = 5000;

/** Asks a registry once. It is loaded only where there is something to ask. */
async function resolveDigest(reference: string): Promise<string> {
  const { openRegistry } = await import('../../ops/registry/registry.ts');
  return openRegistry({ timeoutMs: longestLook, retries: 0 }).resolveDigest(reference);
}
