import type { Define } from '../../command.ts';
import { nameOf, unitNameOf, type UnitName } from '../../../model/derived/units.ts';
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
import { withApplication, type UnitFlags } from '../../arguments/unit-option.ts';
import { unitNamed } from '../../../ops/unit-named.ts';
import { withExamples } from '../../arguments/with-examples.ts';
import {
  allowancesOf,
  withDiscardEdits,
  withRequester,
  withRouteOptions,
  type WriteOptions,
} from '../../arguments/write-options.ts';

type Flags = RouteFlags & UnitFlags & Pick<WriteOptions, 'ops' | 'byHand' | 'discardEdits'>;

/** What `hold` and `unhold` do not share. */
interface ChangeOfHolds {
  /** How the command is called, e.g. `unhold prod`. */
  readonly example: string;
  /** The step in words, e.g. `hold prod`. */
  readonly step: (name: string) => string;
  /** What to do, from the options alone. @throws UsageError when they do not say enough */
  readonly changeFrom: (options: Flags) => (ops: OpsContext, options: UnholdOptions) => Promise<Written>;
  /** What it does not do when it is refused, e.g. `was not held`. */
  readonly failed: string;
  /** What holds now, where no pull request has to be merged first. */
  readonly outcome: (unit: UnitName, outcome: Written['outcome']) => string;
}

/** A command that changes the holds of one environment. */
export const changesHolds =
  ({ example, step, changeFrom, failed, outcome }: ChangeOfHolds): Define =>
  (command, act) => {
    withRouteOptions(
      withDiscardEdits(withRequester(withExamples(withApplication(withEnvironment(command)), example))),
    ).action(
      act(async (context, name: string, options: Flags) => {
        const { terminal } = context;
        const route = routeOptionsOf(options);
        const change = changeFrom(options);
        const project = openProject(context);
        chooseEnvironments(project.delivery, [name]);
        const unit = unitNamed(project.delivery, { environment: name, ...options }, failed);
        const ops = await openOps(project, { address: options.ops, byHand: options.byHand });
        const result = await terminal.step(
          step(nameOf(unit)),
          () => change(ops, { ...unitNameOf(unit), ...route, ...allowancesOf(options) }),
          summarizeWrite,
        );
        for (const line of describeWrite(result)) terminal.say(line);
        terminal.say(result.outcome === 'proposed' ? describeMerge(result) : outcome(unit, result.outcome));
        if (result.outcome === 'updated') await reviseOpen(ops, unit, terminal);
        terminal.result(result);
        return true;
      }),
    );
  };
