import type { Define } from '../../command.ts';
import type { UnholdOptions } from '../../../ops/hold/hold.ts';
import type { OpsContext } from '../../../ops/ops-context.ts';
import type { Written } from '../../../ops/written/written.ts';
import { chooseEnvironments } from '../../arguments/choose-environments.ts';
import { describeMerge, describeWrite, summarizeWrite } from '../../words/describe-write.ts';
import { withEnvironment } from '../../arguments/environment-argument.ts';
import { openOps } from '../../open/open-ops.ts';
import { openProject } from '../../project/open-project.ts';
import { reviseOpen } from '../../revise-open.ts';
import { routeOptionsOf, type RouteFlags } from '../../arguments/route-options.ts';
import { withExamples } from '../../arguments/with-examples.ts';
import {
  allowancesOf,
  withDiscardEdits,
  withRequester,
  withRouteOptions,
  type WriteOptions,
} from '../../arguments/write-options.ts';

type Flags = RouteFlags & Pick<WriteOptions, 'ops' | 'byHand' | 'discardEdits'>;

/** What `hold` and `unhold` do not share. */
interface ChangeOfHolds {
  /** How the command is called, e.g. `unhold prod`. */
  readonly example: string;
  /** The step in words, e.g. `hold prod`. */
  readonly step: (environment: string) => string;
  /** What to do, from the options alone. @throws UsageError when they do not say enough */
  readonly changeFrom: (options: Flags) => (ops: OpsContext, options: UnholdOptions) => Promise<Written>;
  /** What holds now, where no pull request has to be merged first. */
  readonly outcome: (environment: string, outcome: Written['outcome']) => string;
}

/** A command that changes the holds of one environment. */
export const changesHolds =
  ({ example, step, changeFrom, outcome }: ChangeOfHolds): Define =>
  (command, act) => {
    withRouteOptions(withDiscardEdits(withRequester(withExamples(withEnvironment(command), example)))).action(
      act(async (context, name: string, options: Flags) => {
        const { terminal } = context;
        const route = routeOptionsOf(options);
        const change = changeFrom(options);
        const project = openProject(context);
        chooseEnvironments(project.delivery, [name]);
        const ops = await openOps(project, { address: options.ops, byHand: options.byHand });
        const result = await terminal.step(
          step(name),
          () => change(ops, { environment: name, ...route, ...allowancesOf(options) }),
          summarizeWrite,
        );
        for (const line of describeWrite(result)) terminal.say(line);
        terminal.say(result.outcome === 'proposed' ? describeMerge(result) : outcome(name, result.outcome));
        if (result.outcome === 'updated') await reviseOpen(ops, name, terminal);
        terminal.result(result);
        return true;
      }),
    );
  };
