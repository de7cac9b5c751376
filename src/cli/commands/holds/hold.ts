import type { Define } from '../../command.ts';
import { hold } from '../../../ops/hold/hold.ts';
import { chooseEnvironments } from '../../arguments/choose-environments.ts';
import { describeMerge, describeWrite, summarizeWrite } from '../../words/describe-write.ts';
import { withEnvironment } from '../../arguments/environment-argument.ts';
import { openOps } from '../../open/open-ops.ts';
import { openProject } from '../../project/open-project.ts';
import { reviseOpen } from '../../revise-open.ts';
import { routeOptionsOf, type RouteFlags } from '../../arguments/route-options.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { withExamples } from '../../arguments/with-examples.ts';
import { withDiscardEdits, withRequester, withRouteOptions } from '../../arguments/write-options.ts';

/** `portolan hold ENV --reason TEXT`: keeps automation from an environment. */
export const define: Define = (command, act) => {
  withRouteOptions(
    withDiscardEdits(withRequester(withExamples(withEnvironment(command), 'hold prod --reason "the sale is on"'))),
  ).action(
    act(
      async (
        context,
        name: string,
        options: RouteFlags & { readonly ops?: string; readonly byHand?: true; readonly discardEdits?: true },
      ) => {
        const { terminal } = context;
        const route = routeOptionsOf(options);
        if (options.reason === undefined) throw new UsageError('a hold needs a reason: --reason TEXT');
        const { reason } = options;
        const project = openProject(context);
        chooseEnvironments(project.delivery, [name]);
        const ops = await openOps(project, { address: options.ops, byHand: options.byHand });
        const result = await terminal.step(
          `hold ${name}`,
          () =>
            hold(ops, { environment: name, ...route, ...(options.discardEdits ? { discardEdits: true } : {}), reason }),
          summarizeWrite,
        );
        for (const line of describeWrite(result)) terminal.say(line);
        terminal.say(
          result.outcome === 'proposed'
            ? describeMerge(result)
            : `Automation leaves ${name} alone until: npx portolan unhold ${name}`,
        );
        if (result.outcome === 'updated') await reviseOpen(ops, name, terminal);
        terminal.result(result);
        return true;
      },
    ),
  );
};
