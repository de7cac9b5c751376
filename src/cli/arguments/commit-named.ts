import { commitOf } from '../../ops/repository/branch-refs.ts';
import type { OpsRepository } from '../../ops/repository/ops-repository.ts';
import { UsageError } from './usage-error.ts';

/** The commit of the ops repository that an option names. @throws UsageError when there is none */
export async function commitNamed({ gitDir, shown }: OpsRepository, option: string, revision: string): Promise<string> {
  const commit = await commitOf(gitDir, revision);
  if (commit === undefined)
    throw new UsageError(
      `${option}: ${shown} has no commit "${revision}"; "npx portolan history" lists those of an environment`,
    );
  return commit;
}
