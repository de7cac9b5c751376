import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError, type Problem } from '../model/problem.ts';
import { readStackYaml } from '../model/formats/stack-yaml.ts';

/** Contents of every `Pulumi.<stack>.yaml` of a project, by stack name, as plain data. */
export type StackFiles = Readonly<Record<string, unknown>>;

/** The stack files that can be read, and what is wrong with the others. */
export interface FoundStackFiles {
  readonly files: StackFiles;
  /** Stacks whose file cannot be read, or is not YAML that a person would have meant. */
  readonly unread: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the stack files as they are on disk. Rendering and provisioning both read the files themselves, so a rendering needs no Pulumi CLI.
 *
 * @throws ProblemsError when one of them cannot be read, or is not YAML that a person would have meant
 */
export function readStackFiles(projectFolder: string): StackFiles {
  const { files, problems } = findStackFiles(projectFolder);
  if (problems.length > 0) throw new ProblemsError('the configuration', problems);
  return files;
}

/** {@link readStackFiles}, for who goes on with those that can be read. */
export function findStackFiles(projectFolder: string): FoundStackFiles {
  const problems: Problem[] = [];
  const stacks: Record<string, unknown> = {};
  const unread: string[] = [];
  for (const file of readdirSync(projectFolder).sort()) {
    const stack = /^Pulumi\.([a-z0-9][-a-z0-9]*)\.yaml$/.exec(file)?.[1];
    if (stack === undefined) continue;
    try {
      stacks[stack] = readStackYaml(file, readFileSync(join(projectFolder, file), 'utf8'));
    } catch (error) {
      unread.push(stack);
      if (error instanceof ProblemsError) problems.push(...error.problems);
      else problems.push({ path: file, message: `cannot be read: ${reasonOf(error)}` });
    }
  }
  return { files: stacks, unread, problems };
}

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'EISDIR') return 'it is a folder; a stack file is a text';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
