import { relative } from 'node:path';
import type { Define } from '../command.ts';
import { nameOf, unitNameOf } from '../../model/derived/units.ts';
import { publish, type PublishResult } from '../../ops/publish/publish.ts';
import { describeChanges, summarizeWrite } from '../words/describe-write.ts';
import { openOps } from '../open/open-ops.ts';
import { openProject } from '../project/open-project.ts';
import { describeLacking } from '../words/describe-lacking.ts';
import { lackingCredentials } from '../../workflows/lacking-credentials.ts';
import { renderAllChecked, summarizeRenderings } from '../trees/rendering.ts';
import { toPublish } from '../arguments/unit-option.ts';
import { withExamples } from '../arguments/with-examples.ts';

/** `portolan start`: publishes every environment to the local ops repository, and never anywhere else. */
export const define: Define = (command, act) => {
  withExamples(command, 'start').action(
    act(async (context) => {
      const { terminal } = context;
      const project = await terminal.step(
        'read project.ts and the stack files',
        () => openProject(context),
        ({ delivery }) => `${delivery.name}: ${delivery.environments.map(({ name }) => name).join(', ')}`,
      );
      // All of them first: nothing is published when one of them cannot be delivered.
      const rendered = await terminal.step(
        'check every environment',
        () => renderAllChecked(project, project.delivery.environments),
        summarizeRenderings,
      );
      const ops = await openOps(project, { rendered });
      const results: PublishResult[] = [];
      for (const unit of project.delivery.environments.flatMap((it) => toPublish(project.delivery, it))) {
        results.push(
          await terminal.step(
            `publish ${nameOf(unit)}`,
            () =>
              publish(ops, {
                ...unitNameOf(unit),
                allowOlderProgram: true,
                firstVersions: true,
                bootstrapApplied: true,
              }),
            summarizeWrite,
          ),
        );
      }
      const gitDir = relative(process.cwd(), ops.repository.gitDir) || '.';
      for (const line of results.flatMap(describeChanges)) terminal.say(line);
      for (const line of describeFirstSteps(results)) terminal.say(line);
      const problems = lackingCredentials(project.delivery);
      for (const line of describeLacking(problems)) terminal.say(line);
      terminal.say();
      if (results.every(({ outcome }) => outcome === 'unchanged'))
        terminal.say('Nothing changed: the local ops repository is what this program renders.');
      terminal.say(`Look at it:  git --git-dir ${gitDir} log --stat ${results[0]?.branch ?? ''}`);
      terminal.say(`             git --git-dir ${gitDir} show ${results[0]?.branch ?? ''}:README.md`);
      terminal.say('Nothing left this machine. To publish for real: npx portolan publish --help');
      terminal.result({
        repository: ops.repository.shown,
        environments: results,
        ...(problems.length === 0 ? {} : { problems }),
      });
      return true;
    }),
  );
};

/** What a cluster needs before it can follow these branches; on a laptop nothing has to be done. */
function describeFirstSteps(results: readonly PublishResult[]): readonly string[] {
  const steps = results.flatMap((result) => result.notices.map((notice) => `  ${nameOf(result)}: ${notice}`));
  return steps.length === 0
    ? []
    : ['', 'Nothing more is needed here. Before a cluster follows these branches:', ...steps];
}
