import type { Define } from '../command.ts';
import { nameOf, typed, unitNameOf } from '../../model/derived/units.ts';
import { rollback } from '../../ops/rollback/rollback.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { describeMerge, describeWrite, summarizeWrite } from '../words/describe-write.ts';
import { withEnvironment } from '../arguments/environment-argument.ts';
import { openOps, shownPlaceOf } from '../open/open-ops.ts';
import { openProject } from '../project/open-project.ts';
import { reviseOpen } from '../revise-open.ts';
import { routeOptionsOf, type RouteFlags } from '../arguments/route-options.ts';
import { withApplication, type UnitFlags } from '../arguments/unit-option.ts';
import { unitNamed } from '../../ops/unit-named.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { allowancesOf, withRouteOptions, withWriteOptions, type WriteOptions } from '../arguments/write-options.ts';

interface Options extends WriteOptions, RouteFlags, UnitFlags {
  readonly to?: string;
  readonly withCurrentProgram?: true;
}

/** `portolan rollback ENV`: an earlier state, byte for byte, as a new commit that automation may not undo. */
export const define: Define = (command, act) => {
  withWriteOptions(
    withRouteOptions(
      withExamples(
        withApplication(withEnvironment(command)),
        'rollback prod',
        'rollback prod --to v1.2.0 --reason "orders fail"',
      ),
    ),
  )
    .option(
      '--to <revision>',
      'release id, commit of the ops repository or of the source (default: the state before this one)',
    )
    .option('--with-current-program', 'render the older release with this program instead of bringing its files back')
    .action(
      act(async (context, name: string, options: Options) => {
        const { terminal } = context;
        const route = routeOptionsOf(options);
        const project = await openProject(context);
        chooseEnvironments(project.delivery, [name]);
        const unit = unitNamed(project.delivery, { environment: name, ...options }, 'was not rolled back');
        const ops = await terminal.step(
          'fetch the ops repository',
          () => openOps(project, { address: options.ops, byHand: options.byHand }),
          shownPlaceOf,
        );
        const result = await terminal.step(
          `roll ${nameOf(unit)} back`,
          () =>
            rollback(ops, {
              ...unitNameOf(unit),
              ...allowancesOf(options),
              ...route,
              ...(options.reason === undefined ? {} : { reason: options.reason }),
              ...(options.to === undefined ? {} : { to: options.to }),
              ...(options.withCurrentProgram ? { withCurrentProgram: true } : {}),
            }),
          summarizeWrite,
        );
        for (const line of describeWrite(result)) terminal.say(line);
        if (result.outcome === 'proposed') terminal.say(describeMerge(result));
        if (result.outcome === 'updated') {
          terminal.say(
            `${nameOf(unit)}: ${result.previousRelease ?? 'the state before'} → ${result.release}, ${result.restored === undefined ? 'the first one that the program names' : `restored from ${result.restored.slice(0, 12)}`}.`,
          );
          terminal.say(`Automation may not undo it until: npx portolan unhold ${typed(unit)}`);
        }
        if (result.outcome === 'updated') await reviseOpen(ops, unit, terminal);
        terminal.result(result);
        return true;
      }),
    );
};
