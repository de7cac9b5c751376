import type { Define } from '../../command.ts';
import { engineOf, usualEngine } from '../../../engines/engines.ts';
import type { EngineInCluster } from '../../../engines/engine-in-cluster.ts';
import { applicationsOf, nameOf, unitNameOf, type UnitName } from '../../../model/derived/units.ts';
import type { Delivery } from '../../../model/delivery.ts';
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

type Flags = RouteFlags &
  UnitFlags &
  Pick<WriteOptions, 'ops' | 'byHand' | 'discardEdits'> & { readonly [Option in keyof Suspension]?: true };

type Suspension = ReturnType<EngineInCluster['suspension']>;

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
  /** The option by which it says how the engine is told as well: this program writes to no cluster. */
  readonly telling: { readonly option: keyof Suspension; readonly description: string; readonly words: string };
  /** What holds now, where no pull request has to be merged first. */
  readonly outcome: (unit: UnitName, outcome: Written['outcome']) => string;
}

/** A command that changes the holds of one environment. */
export const changesHolds =
  ({ example, step, changeFrom, failed, telling, outcome }: ChangeOfHolds): Define =>
  (command, act) => {
    withRouteOptions(withDiscardEdits(withRequester(withExamples(withApplication(withEnvironment(command)), example))))
      .option(`--${telling.option}`, telling.description)
      .action(
        act(async (context, name: string, options: Flags) => {
          const { terminal } = context;
          const route = routeOptionsOf(options);
          const change = changeFrom(options);
          const project = await openProject(context);
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
          const lines =
            options[telling.option] === undefined ? undefined : linesFor(project.delivery, unit, telling.option);
          if (lines !== undefined)
            for (const line of [telling.words, ...lines.map((it) => `    ${it}`)]) terminal.say(line);
          terminal.result({ ...result, ...(lines === undefined ? {} : { lines }) });
          return true;
        }),
      );
  };

/** Lines by which the engine is told to leave alone what a unit is, or to go on. */
function linesFor(delivery: Delivery, unit: UnitName, option: keyof Suspension): readonly string[] {
  const { watches, suspension } = engineOf(delivery, unit.environment) ?? usualEngine;
  return delivery.environments
    .filter(({ name }) => name === unit.environment)
    .flatMap((environment) =>
      applicationsOf(environment, unit).map(
        (application) => suspension(watches({ delivery, environment }, application), 'kubectl')[option],
      ),
    );
}
