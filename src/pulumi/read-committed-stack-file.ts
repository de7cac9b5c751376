import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readStackYaml } from '../model/formats/stack-yaml.ts';

/** Reads one stack file as the last commit has it; nothing when it is not committed, or there is no Git. */
export async function readCommittedStackFile(projectFolder: string, stack: string): Promise<unknown> {
  const file = `Pulumi.${stack}.yaml`;
  try {
    const { stdout } = await promisify(execFile)('git', ['show', `HEAD:./${file}`], {
      cwd: projectFolder,
      timeout: 10_000,
    });
    return readStackYaml(file, stdout);
  } catch {
    return undefined;
  }
}
