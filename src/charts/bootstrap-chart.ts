import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ArgoApplication } from '../constructs/bootstrap/argo-application.ts';
import { ArgoProject } from '../constructs/bootstrap/argo-project.ts';
import { EnvironmentNamespace } from '../constructs/bootstrap/environment-namespace.ts';
import type { KubernetesObject } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { argoApplicationName, argoProjectName } from '../model/names.ts';

/** An environment and what runs in it. */
export interface BootstrapChartProps {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly opsRepository: string;
  /** Every object that the environment's applications consist of. */
  readonly objects: readonly KubernetesObject[];
}

/** What must exist before the first sync, in this order. An environment that Flux follows needs its namespace alone. */
export class BootstrapChart extends Chart {
  constructor(scope: Construct, id: string, { delivery, environment, opsRepository, objects }: BootstrapChartProps) {
    super(scope, id);
    const project = argoProjectName(delivery, environment);
    const followed = environment.applications.flatMap((application) => {
      const stage = delivery.stages.find(
        (it) => it.environment === environment.name && it.application === application.name,
      );
      return stage?.engine.kind === 'flux' ? [] : [{ application, engine: stage?.engine }];
    });

    new EnvironmentNamespace(this, 'namespace', { environment });
    if (followed.length > 0) new ArgoProject(this, 'project', { name: project, environment, opsRepository, objects });
    for (const { application, engine } of followed) {
      new ArgoApplication(this, `application-${application.name}`, {
        name: argoApplicationName(delivery, environment, application),
        project,
        environment,
        application,
        opsRepository,
        ...(engine === undefined ? {} : { prune: engine.prune, selfHeal: engine.selfHeal }),
      });
    }
  }
}
