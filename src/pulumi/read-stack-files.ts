import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ProblemsError, type Problem } from '../model/problem.ts';
import { readStrictYaml } from '../model/strict-yaml.ts';

/** Contents of every `Pulumi.<stack>.yaml` of a project, by stack name, as plain data. */
export type StackFiles = Readonly<Record<string, unknown>>;

const stackOf = (file: string): string | undefined => /^Pulumi\.([a-z0-9][-a-z0-9]*)\.yaml$/.exec(file)?.[1];

/**
 * Reads the stack files as they are on disk. Both engines read the files themselves, so a rendering needs no Pulumi CLI.
 *
 * @throws ProblemsError when one of them is not YAML that a person would have meant
 */
export async function readStackFiles(projectFolder: string): Promise<StackFiles> {
  const problems: Problem[] = [];
  const stacks: Record<string, unknown> = {};
  for (const file of (await readdir(projectFolder)).sort()) {
    const stack = stackOf(file);
    if (stack === undefined) continue;
    try {
      stacks[stack] = readStrictYaml(file, await readFile(join(projectFolder, file), 'utf8'));
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ProblemsError('the configuration', problems);
  return stacks;
}

/** Reads one stack file as the last commit has it; nothing when it is not committed, or there is no Git. */
export async function readCommittedStackFile(projectFolder: string, stack: string): Promise<unknown> {
  const file = `Pulumi.${stack}.yaml`;
  try {
    const { stdout } = await promisify(execFile)('git', ['show', `HEAD:./${file}`], { cwd: projectFolder, timeout: 10_000 });
    return readStrictYaml(file, stdout);
  } catch {
    return undefined;
  }
}
