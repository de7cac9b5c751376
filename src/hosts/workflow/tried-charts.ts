import { reviewEnvironment } from '../../model/derived/actions-environments.ts';
import { isSite } from '../../model/derived/charts/helm-repositories.ts';
import { chartsOfEngine } from '../../model/charts/helm-chart.ts';
import type { Application } from '../../model/application.ts';
import { isRunToken } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Repository } from '../../model/repository.ts';
import { loginSteps, registryLogins } from './registry-logins.ts';
import type { Job, Step } from './workflow.ts';

/** How a job has Helm try charts that engines render. */
export interface TriedCharts {
  /** Option of the command; empty where there is nothing to try. */
  readonly option: '' | ' --charts';
  /** What logs in to registries, before the command. */
  readonly steps: readonly Step[];
  /** What the job may do for it besides. */
  readonly permissions: Job['permissions'];
}

/**
 * How a job that looks at pull requests has Helm try the charts of applications that their engines render: runners of GitHub have Helm. A registry that the
 * engine logs in to (`pullCredential`) is logged in to with a credential of the job's own, which only reads; Helm finds it where Docker keeps it.
 *
 * A site of charts that asks for a login is left to people, and with it the charts beside it, because Helm would stop there each time.
 *
 * @param repository - that the workflow is of
 * @throws LackingCredential for a registry that asks for a login, and that no credential is for
 */
export function triedCharts(
  delivery: Delivery,
  repository: Repository,
  applications: readonly Application[],
): TriedCharts {
  const charts = applications.flatMap((application) => chartsOfEngine(application));
  const closed = charts.filter(({ renderedBy: { pullCredential } }) => pullCredential !== undefined);
  if (charts.length === 0 || closed.some(({ renderedBy: { helmRepository } }) => isSite(helmRepository ?? '')))
    return { option: '', steps: [], permissions: {} };
  const repositories = closed.flatMap(({ chart: { artifact }, renderedBy: { helmRepository } }) =>
    helmRepository === undefined
      ? delivery.artifacts.filter(({ name }) => name === artifact).map((it) => it.repository)
      : [helmRepository.replace('oci://', '')],
  );
  const logins = registryLogins(delivery, repository, reviewEnvironment, repositories, 'registryRead');
  return {
    option: ' --charts',
    steps: loginSteps(logins),
    permissions: logins.some(({ credential }) => isRunToken(credential)) ? { packages: 'read' } : {},
  };
}
