import type { Define } from '../command.ts';
import { unhold } from '../../ops/hold/hold.ts';
import { chooseEnvironments } from '../choose-environments.ts';
import { summarizeWrite } from '../describe-write.ts';
import { openOps } from '../open-ops.ts';
import { openProject } from '../open-project.ts';
import { routeOptionsOf, type RouteFlags } from '../route-options.ts';
import { withOps, withRouteOptions } from '../write-options.ts';

/** `portolan unhold ENV`: ends every hold of an environment. */
export const define: Define = (command, act) => {
  withRouteOptions(withOps(command.argument('<environment>'))).action(
    act(async (context, name: string, options: RouteFlags & { readonly ops?: string }) => {
      const { terminal } = context;
      const project = openProject(context);
      chooseEnvironments(project.delivery, [name]);
      const ops = await openOps(project, { address: options.ops });
      const result = await terminal.step(`let ${name} go`, () => unhold(ops, { environment: name, ...routeOptionsOf(options) }), summarizeWrite);
      terminal.result(result);
      return true;
    }),
  );
};
