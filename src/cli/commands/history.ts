import pc from 'picocolors';
import type { Define } from '../command.ts';
import { typed, type UnitName } from '../../model/derived/units.ts';
import { tellHistory, type KeptText } from '../../ops/history/kept-history.ts';
import type { OpsRepository } from '../../ops/repository/ops-repository.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { withEnvironment } from '../arguments/environment-argument.ts';
import { openRepository } from '../open/open-repository.ts';
import { noFacts } from '../project/kept-facts.ts';
import type { OpenProject } from '../project/open-project.ts';
import { openToShow } from '../project/open-to-show.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { chooseUnits, withApplication, type UnitFlags } from '../arguments/unit-option.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { withOps } from '../arguments/write-options.ts';
import { describeHistory } from '../words/describe-history.ts';

const applicationIn = ({ application }: UnitName): Pick<UnitName, 'application'> =>
  application === undefined ? {} : { application };

interface HistoryFlags extends UnitFlags {
  readonly ops?: string;
  readonly since?: string;
  readonly most?: string;
}

/** What an earlier call kept of a branch's history. */
function keptOf({ facts = noFacts }: OpenProject, { gitDir }: OpsRepository, branch: string): KeptText {
  const of = ['the history of a branch:', gitDir, branch] as const;
  return {
    recall: () => facts.recall(...of),
    keep(text) {
      facts.keep(text, ...of);
    },
  };
}

/** `portolan history ENV`: who deployed what, when, and why; read from `release.yaml`, not from commit messages. */
export const define: Define = (command, act) => {
  withOps(
    withExamples(withApplication(withEnvironment(command)), 'history prod', 'history prod --since 2026-01-31 --most 20')
      .option('--since <date>', 'only since this day or moment, e.g. 2026-01-31')
      .option('--most <number>', 'only so many, the newest first'),
  ).action(
    act(async (context, name: string, options: HistoryFlags) => {
      const { terminal } = context;
      const since = options.since === undefined ? undefined : new Date(options.since);
      if (since !== undefined && Number.isNaN(since.getTime()))
        throw new UsageError(`--since: must be a date, e.g. 2026-01-31, got "${options.since ?? ''}"`);
      const most = options.most === undefined ? undefined : Number(options.most);
      if (most !== undefined && !(Number.isInteger(most) && most > 0))
        throw new UsageError(`--most: must be a whole number above 0, got "${options.most ?? ''}"`);
      const project = await openToShow(context);
      const [environment] = chooseEnvironments(project.delivery, [name]);
      const units = environment === undefined ? [] : chooseUnits(project.delivery, environment, options);
      const repository = await openRepository(project, options.ops);
      const histories = await Promise.all(
        units.map(async (unit) => {
          const tip = await repository.tip(unit.branch);
          if (tip === undefined)
            throw new UsageError(
              `${repository.shown} has no branch ${unit.branch}; publish it first: npx portolan publish ${typed(unit)}`,
            );
          const wanted = { ...(since === undefined ? {} : { since }), ...(most === undefined ? {} : { most }) };
          const told = await tellHistory(repository, tip, wanted, keptOf(project, repository, unit.branch));
          return { ...told, lines: told.lines.map((line) => ({ ...applicationIn(unit), ...line })) };
        }),
      );
      const all = histories.flatMap(({ lines: own }) => own);
      const lines = (
        units.length === 1 ? all : [...all].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
      ).slice(0, most);
      const unreadable = histories.flatMap((history) => history.unreadable);
      // At once: to write each of thousands of lines by itself takes longer than to make them.
      if (lines.length > 0) terminal.say(lines.map(describeHistory).join('\n'));
      for (const { commit, why } of unreadable)
        terminal.say(pc.yellow(`${commit.slice(0, 12)}  cannot be read: ${why.replace('portolan: ', '')}`));
      if (lines.length === 0) terminal.say('Nothing in that time.');
      terminal.result({ environment: name, lines, unreadable });
      return unreadable.length === 0;
    }),
  );
};
