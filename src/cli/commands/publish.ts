import type { Define } from '../command.ts';
import { publish, type PublishResult } from '../../ops/publish/publish.ts';
import { stageOf } from '../../model/delivery.ts';
import { chooseEnvironments } from '../choose-environments.ts';
import { describePublish, summarizePublish } from '../describe-publish.ts';
import { openOps } from '../open-ops.ts';
import { openProject } from '../open-project.ts';
import { UsageError } from '../usage-error.ts';

interface Options {
  readonly all?: true;
  readonly ops?: string;
  readonly discardEdits?: true;
  readonly allowRemoval?: readonly string[];
  readonly allowUnmerged?: true;
  readonly allowOlderProgram?: true;
}

/** `portolan publish ENV…`: the current release, rendered by this program, onto the environment's branch. */
export const define: Define = (command, act) => {
  command
    .argument('[environments...]', 'environments to publish')
    .option('--all', 'every environment without a gate')
    .option('--ops <url>', 'path or URL of the ops repository (default: the local one, .portolan/ops.git)')
    .option('--discard-edits', 'overwrite what was edited by hand on the branch')
    .option('--allow-removal <name...>', 'objects that hold data and may be removed, or the environment to allow many removals')
    .option('--allow-unmerged', 'publish a program that is not on its default branch; the release records it')
    .option('--allow-older-program', 'publish although a newer program commit rendered the branch')
    .action(
      act(async (context, names: string[], options: Options) => {
        const { terminal } = context;
        if (names.length === 0 && options.all !== true) throw new UsageError('name the environments to publish, or pass --all for every one without a gate');
        const project = openProject(context);
        const { delivery } = project;
        const chosen = chooseEnvironments(delivery, names).filter(({ name }) => names.length > 0 || isOpen(stageOf(delivery, name)?.gate.kind));
        const ops = await terminal.step('fetch the ops repository', () => openOps(project, { address: options.ops }), ({ repository }) => repository.shown);
        const results: PublishResult[] = [];
        for (const { name } of chosen) {
          const { discardEdits, allowRemoval, allowUnmerged, allowOlderProgram } = options;
          const allowed = {
            ...(discardEdits ? { discardEdits } : {}),
            ...(allowRemoval ? { allowRemoval } : {}),
            ...(allowUnmerged ? { allowUnmerged } : {}),
            ...(allowOlderProgram ? { allowOlderProgram } : {}),
          };
          const result = await terminal.step(`check, render and publish ${name}`, () => publish(ops, { environment: name, ...allowed }), summarizePublish);
          for (const line of describePublish(result)) terminal.say(line);
          results.push(result);
        }
        terminal.result({ repository: ops.repository.shown, environments: results });
        return true;
      }),
    );
};

const isOpen = (gate: string | undefined): boolean => gate === undefined || gate === 'none';
