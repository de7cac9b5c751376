import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError, type Problem } from '../model/problem.ts';
import { readStrictYaml } from '../model/strict-yaml.ts';

/** Contents of every `Pulumi.<stack>.yaml` of a project, by stack name, as plain data. */
export type StackFiles = Readonly<Record<string, unknown>>;

/**
 * Reads the stack files as they are on disk. Both engines read the files themselves, so a rendering needs no Pulumi CLI.
 *
 * @throws ProblemsError when one of them is not YAML that a person would have meant
 */
export function readStackFiles(projectFolder: string): StackFiles {
  const problems: Problem[] = [];
  const stacks: Record<string, unknown> = {};
  for (const file of readdirSync(projectFolder).sort()) {
    const stack = /^Pulumi\.([a-z0-9][-a-z0-9]*)\.yaml$/.exec(file)?.[1];
    if (stack === undefined) continue;
    try {
      stacks[stack] = readStrictYaml(file, readFileSync(join(projectFolder, file), 'utf8'));
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ProblemsError('the configuration', problems);
  return stacks;
}
