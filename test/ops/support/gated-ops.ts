import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { openOpsRepository } from '../../../src/ops/repository/open-ops-repository.ts';
import { bareRepository, commitByHand, temporaryFolder } from '../../support/git.ts';
import { FakePullRequests } from './fake-pull-requests.ts';
import { buildWithDigests, opsContext } from './fake-ops.ts';

/** A context whose repository is on a host that keeps pull requests. */
export interface GatedOps extends OpsContext {
  readonly bare: string;
  readonly pullRequests: FakePullRequests;
}

/** A repository on a host, with `dev` at release 1 and `prod`, which is gated, at its first release by pull request 1. */
export async function gatedOps(): Promise<GatedOps> {
  const bare = bareRepository();
  commitByHand(bare, 'env/prod', { 'README.md': '# first\n' });
  const repository = await openOpsRepository({ projectFolder: temporaryFolder(), address: `file://${bare}` });
  const context = { ...(await opsContext({ bare, repository })), pullRequests: new FakePullRequests(bare) };
  await publish(context, { environment: 'prod' });
  context.pullRequests.merge(1);
  await promote(context, buildWithDigests(1));
  await repository.refresh();
  return context;
}
