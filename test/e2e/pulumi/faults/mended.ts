import { execa } from 'execa';
import type { EngineProject, EngineRun } from '../engine/engine-project.ts';
import type { PlayedGitHub } from '../engine/played-github.ts';

/** Runs that a person may need until an update is through, each with what the one before said. */
const mostRuns = 6;

const said = ({ stdout, stderr }: EngineRun): string => `${stdout}\n${stderr}`;

/** Lines that a refusal tells a person to write: those that take over what is there, those that copy a password that is in use, those that forget, and those that read anew. */
export const linesIn = (run: EngineRun): readonly string[] => [
  ...new Set(
    [
      ...said(run).matchAll(
        /(?:take it over with|read it anew with|keep the existing one with|write it with|forget it with): (.+)$/gm,
      ),
    ].map(([, line]) => (line ?? '').trim()),
  ),
];

/** Repositories that a refusal has a person delete in the account of the token's owner. */
const strayIn = (run: EngineRun): readonly string[] => [
  ...new Set(
    [...said(run).matchAll(/\/(\S+): this stack has the repository, and \S+ has none of that name/g)].map(
      ([, name]) => name ?? '',
    ),
  ),
];

/**
 * Updates a stack until it is through, doing what its messages say and nothing else, and once more where that update changed something.
 *
 * @returns what the last update changed, which is to be nothing
 * @throws with what a run said, where that says no line to write, and after too many runs
 */
export async function mended(
  project: EngineProject,
  stack: string,
  gitHub: Pick<PlayedGitHub, 'api'>,
): Promise<readonly string[]> {
  const shell = (line: string) =>
    execa('bash', ['-c', line], { cwd: project.folder, env: project.variables, extendEnv: true });
  let last = '';
  for (let runs = 0; runs < mostRuns; runs++) {
    const run = await project.pulumi(['up', `--stack=${stack}`], { mayFail: true });
    if (run.exitCode === 0) {
      if (project.copy.read(`Pulumi.${stack}.yaml`).includes('portolan:adopt'))
        await shell(`pulumi config rm portolan:adopt --stack ${stack}`);
      else return run.changes.length === 0 ? [] : (await project.pulumi(['up', `--stack=${stack}`])).changes;
      continue;
    }
    last = said(run);
    const lines = linesIn(run);
    // No message of ours: the engine has not come to the program yet. The guide's table says it.
    if (said(run).includes('failed to load checkpoint')) project.repairState(stack);
    else if (said(run).includes('currently locked')) await shell(`pulumi cancel --yes --stack ${stack}`);
    else if (lines.length === 0) throw new Error(`an update says no line to write:\n${said(run)}`);
    const { login } = (await gitHub.api('GET', '/user')) as { readonly login: string };
    for (const name of strayIn(run)) await gitHub.api('DELETE', `/repos/${login}/${name}`);
    for (const line of lines) await shell(line);
  }
  throw new Error(`${stack} is not through after ${mostRuns} updates; the last that failed said:\n${last}`);
}
