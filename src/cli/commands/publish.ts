import type { Define } from '../command.ts';
import { publish, type PublishResult } from '../../ops/publish/publish.ts';
import { nameOf, stagesOf, unitNameOf } from '../../model/derived/units.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { describeWrite, summarizeWrite } from '../words/describe-write.ts';
import { openOps, shownPlaceOf } from '../open/open-ops.ts';
import { openProject } from '../project/open-project.ts';
import { reviseOpen } from '../revise-open.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { toPublish, withApplication, type UnitFlags } from '../arguments/unit-option.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { allowancesOf, withWriteOptions, type WriteOptions } from '../arguments/write-options.ts';

interface Options extends WriteOptions, UnitFlags {
  readonly all?: true;
}

/** `portolan publish ENV…`: the current release, rendered by this program, onto the environment's branch. */
export const define: Define = (command, act) => {
  withWriteOptions(
    withApplication(
      withExamples(command, 'publish dev', 'publish --all --ops https://github.com/acme/shop-ops.git')
        .argument('[environments...]', 'names of the environments to publish, each with all its applications')
        .option('--all', 'every environment without a gate'),
    ),
  ).action(
    act(async (context, names: string[], options: Options) => {
      const { terminal } = context;
      if (names.length === 0 && options.all !== true)
        throw new UsageError('name the environments to publish, or pass --all for every one without a gate');
      const project = await openProject(context);
      const { delivery } = project;
      const chosen = chooseEnvironments(delivery, names)
        .flatMap((environment) => toPublish(delivery, environment, options))
        .filter((unit) => names.length > 0 || stagesOf(delivery, unit).every(({ gate }) => gate.kind === 'none'));
      const ops = await terminal.step(
        'fetch the ops repository',
        () => openOps(project, { address: options.ops, byHand: options.byHand }),
        shownPlaceOf,
      );
      const results: PublishResult[] = [];
      for (const unit of chosen) {
        const result = await terminal.step(
          `check, render and publish ${nameOf(unit)}`,
          () => publish(ops, { ...unitNameOf(unit), ...allowancesOf(options) }),
          summarizeWrite,
        );
        for (const line of describeWrite(result)) terminal.say(line);
        results.push(result);
        await reviseOpen(ops, unit, terminal);
      }
      terminal.result({ repository: ops.repository.shown, environments: results });
      return true;
    }),
  );
};
