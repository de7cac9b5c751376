import pc from 'picocolors';
import type { Define } from '../command.ts';
import { environmentBranch } from '../../model/names.ts';
import { historyLine, readHistory } from '../../ops/history/read-history.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { withEnvironment } from '../arguments/environment-argument.ts';
import { openOps } from '../open/open-ops.ts';
import { openProject } from '../project/open-project.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { withOps } from '../arguments/write-options.ts';
import { describeHistory } from '../words/describe-history.ts';

/** `portolan history ENV`: who deployed what, when, and why; read from `release.yaml`, not from commit messages. */
export const define: Define = (command, act) => {
  withOps(
    withExamples(withEnvironment(command), 'history prod', 'history prod --since 2026-01-31 --most 20')
      .option('--since <date>', 'only since this day or moment, e.g. 2026-01-31')
      .option('--most <number>', 'only so many, the newest first'),
  ).action(
    act(async (context, name: string, options: { ops?: string; since?: string; most?: string }) => {
      const { terminal } = context;
      const since = options.since === undefined ? undefined : new Date(options.since);
      if (since !== undefined && Number.isNaN(since.getTime()))
        throw new UsageError(`--since: must be a date, e.g. 2026-01-31, got "${options.since ?? ''}"`);
      const most = options.most === undefined ? undefined : Number(options.most);
      if (most !== undefined && !(Number.isInteger(most) && most > 0))
        throw new UsageError(`--most: must be a whole number above 0, got "${options.most ?? ''}"`);
      const project = openProject(context);
      chooseEnvironments(project.delivery, [name]);
      const ops = await openOps(project, { address: options.ops });
      const tip = await ops.repository.tip(environmentBranch(name));
      if (tip === undefined)
        throw new UsageError(
          `${ops.repository.shown} has no branch ${environmentBranch(name)}; publish it first: npx portolan publish ${name}`,
        );
      const { entries, unreadable } = await readHistory(ops.repository, tip, {
        ...(since === undefined ? {} : { since }),
        ...(most === undefined ? {} : { most }),
      });
      const lines = entries.map(historyLine);
      for (const line of lines) terminal.say(describeHistory(line));
      for (const { commit, why } of unreadable)
        terminal.say(pc.yellow(`${commit.slice(0, 12)}  cannot be read: ${why.replace('portolan: ', '')}`));
      if (lines.length === 0) terminal.say('Nothing in that time.');
      terminal.result({ environment: name, lines, unreadable });
      return unreadable.length === 0;
    }),
  );
};
