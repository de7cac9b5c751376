import { startsUnder } from './happening.ts';
import type { PlayedGitHub } from './played/github.ts';
import { readWorkflow } from './read-workflow.ts';
import type { Run } from './run.ts';
import { runWorkflow } from './run-workflow.ts';
import { payloadOf, placeOf } from './started.ts';

let lastId = 0;

/**
 * Runs every workflow that what happened starts, and what those make happen, until nothing is left.
 *
 * @throws when something was asked for that nothing plays
 */
export async function settle(github: PlayedGitHub): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let happening = github.happenings.shift(); happening !== undefined; happening = github.happenings.shift()) {
    const repository = github.repositories.get(happening.repository)!;
    const pull = happening.on === 'pull_request' ? repository.pull(happening.number) : undefined;
    for (const event of ['pull_request_target', happening.on] as const) {
      const { ref, commit } = placeOf(repository, happening, event);
      for (const [file, text] of repository.workflows(commit)) {
        const workflow = readWorkflow(file, text);
        if (!startsUnder(workflow.on, file, happening).includes(event)) continue;
        const declared = workflow.on.workflow_dispatch?.inputs ?? {};
        const given = happening.on === 'workflow_dispatch' ? happening.inputs : {};
        runs.push(
          await runWorkflow(github, repository, workflow, {
            id: (lastId += 1),
            file,
            event,
            repository: repository.fullName,
            actor: happening.actor,
            ref,
            commit,
            isFork: happening.on === 'pull_request' && happening.isFork && event === 'pull_request',
            // What a person leaves out is empty, and so is everything where nobody was asked.
            inputs: Object.fromEntries(
              Object.entries(declared).map(([name, { default: usual }]) => [name, given[name] ?? usual ?? '']),
            ),
            payload: payloadOf(repository, happening),
            baseRef: pull?.base ?? '',
            headRef: pull?.head ?? '',
          }),
        );
      }
    }
  }
  if (github.unplayed.length > 0) throw new Error(`nothing plays ${github.unplayed.join('; ')}`);
  return runs;
}
