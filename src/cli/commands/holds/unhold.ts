import type { Define } from '../../command.ts';
import { unhold } from '../../../ops/hold/hold.ts';
import { chooseEnvironments } from '../../arguments/choose-environments.ts';
import { describeMerge, describeWrite, summarizeWrite } from '../../words/describe-write.ts';
import { withEnvironment } from '../../arguments/environment-argument.ts';
import { openOps } from '../../open/open-ops.ts';
import { openProject } from '../../project/open-project.ts';
import { reviseOpen } from '../../revise-open.ts';
import { routeOptionsOf, type RouteFlags } from '../../arguments/route-options.ts';
import { withExamples } from '../../arguments/with-examples.ts';
import { withDiscardEdits, withRequester, withRouteOptions } from '../../arguments/write-options.ts';

/** `portolan unhold ENV`: ends every hold of an environment. */
export const define: Define = (command, act) => {
  withRouteOptions(withDiscardEdits(withRequester(withExamples(withEnvironment(command), 'unhold prod')))).action(
    act(
      async (
        context,
        name: string,
        options: RouteFlags & { readonly ops?: string; readonly byHand?: true; readonly discardEdits?: true },
      ) => {
        const { terminal } = context;
        const route = routeOptionsOf(options);
        const project = openProject(context);
        chooseEnvironments(project.delivery, [name]);
        const ops = await openOps(project, { address: options.ops, byHand: options.byHand });
        const result = await terminal.step(
          `let ${name} go`,
          () => unhold(ops, { environment: name, ...route, ...(options.discardEdits ? { discardEdits: true } : {}) }),
          summarizeWrite,
        );
        for (const line of describeWrite(result)) terminal.say(line);
        if (result.outcome === 'proposed') terminal.say(describeMerge(result));
        else
          terminal.say(
            result.outcome === 'unchanged' ? `Nothing held ${name}.` : `Automation may change ${name} again.`,
          );
        if (result.outcome === 'updated') await reviseOpen(ops, name, terminal);
        terminal.result(result);
        return true;
      },
    ),
  );
};
