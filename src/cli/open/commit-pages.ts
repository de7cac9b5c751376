import { commitAddressAt } from '../../hosts/hosts.ts';
import { gitHubHostOf } from '../../model/formats/host.ts';
import type { OpsRepository } from '../../ops/repository/ops-repository.ts';
import type { OpenProject } from '../project/open-project.ts';

/** The page that people read of a commit of the ops repository; nothing where it has none. */
export const commitPages =
  (
    { settings }: OpenProject,
    { shown, isLocal }: Pick<OpsRepository, 'shown' | 'isLocal'>,
  ): ((commit: string) => string | undefined) =>
  (commit) =>
    isLocal ? undefined : commitAddressAt(shown, commit, gitHubHostOf(settings.platform.github.baseUrl));
