import { relative } from 'node:path';
import type { Define } from '../command.ts';
import { publish, type PublishResult } from '../../ops/publish/publish.ts';
import { describeWrite, summarizeWrite } from '../describe-write.ts';
import { openOps } from '../open-ops.ts';
import { openProject } from '../open-project.ts';

/** `portolan start`: publishes every environment to the local ops repository, and never anywhere else. */
export const define: Define = (command, act) => {
  command.action(
    act(async (context) => {
      const { terminal } = context;
      const project = await terminal.step('read project.ts and the stack files', () => openProject(context), ({ delivery }) =>
        `${delivery.name}: ${delivery.environments.map(({ name }) => name).join(', ')}`,
      );
      const ops = await openOps(project);
      const results: PublishResult[] = [];
      for (const { name } of project.delivery.environments) {
        results.push(await terminal.step(`check, render and publish ${name}`, () => publish(ops, { environment: name, allowOlderProgram: true }), summarizeWrite));
      }
      const gitDir = relative(process.cwd(), ops.repository.gitDir) || '.';
      for (const line of results.flatMap(describeWrite)) terminal.say(line);
      terminal.say();
      if (results.every(({ outcome }) => outcome === 'unchanged')) terminal.say('Nothing changed: the local ops repository is what this program renders.');
      terminal.say(`Look at it:  git --git-dir ${gitDir} log --stat ${results[0]?.branch ?? ''}`);
      terminal.say(`             git --git-dir ${gitDir} show ${results[0]?.branch ?? ''}:README.md`);
      terminal.say('Nothing left this machine. To publish for real: npx portolan publish --help');
      terminal.result({ repository: ops.repository.shown, environments: results });
      return true;
    }),
  );
};
