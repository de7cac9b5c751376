import { openOpsRepository } from '../../ops/repository/open-ops-repository.ts';
import type { OpsRepository } from '../../ops/repository/ops-repository.ts';
import type { OpenProject } from '../project/open-project.ts';
import { gitVariables } from './github-access.ts';

/**
 * Opens the ops repository alone, for what neither renders nor writes.
 *
 * @param address - path or URL given with `--ops` @default - the local one, `.portolan/ops.git`
 * @throws OpsError when it cannot be used
 */
export function openRepository(
  { folder, settings }: Pick<OpenProject, 'folder' | 'settings'>,
  address: string | undefined,
): Promise<OpsRepository> {
  const server = settings.platform.github.baseUrl;
  Object.assign(process.env, gitVariables(process.env, process.env['GIT_CONFIG_COUNT'], server));
  return openOpsRepository({ projectFolder: folder, ...(address === undefined ? {} : { address }) });
}
