import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { backupPodLabels } from '../constructs/database-pods.ts';
import { databaseConstructs } from '../databases/database-constructs.ts';
import { NetworkPolicy, nothing } from '../constructs/network/network-policy.ts';
import { routingOf } from '../ingresses/ingress-constructs.ts';
import { backupTraffic, trafficOf } from '../constructs/network/traffic.ts';
import type { Place } from '../constructs/place.ts';
import { VolumeClaim } from '../constructs/volume-claim.ts';
import { ServiceWorkload } from '../constructs/service-workload.ts';
import type { KubernetesObject } from '../model/application.ts';
import { networkPolicyName, selectorOf } from '../model/names.ts';
import { OwnObjects, ToolObjects } from './listed-objects.ts';

/** An application, the environment it is in, and the release it is at. */
export interface ApplicationChartProps {
  readonly place: Place;
  /** What a promoter needs beside it. @default - nothing */
  readonly needed?: readonly KubernetesObject[];
}

/**
 * Everything that one application is in one environment: one flat chart.
 *
 * Ids of groups begin with a capital, so that no service or database, which are lower case, can have the same.
 */
export class ApplicationChart extends Chart {
  constructor(scope: Construct, id: string, { place, needed = [] }: ApplicationChartProps) {
    super(scope, id);
    const { application, environment } = place;
    const { namespace } = environment;
    const traffic = trafficOf(place);
    const Route = routingOf(environment);

    // Once in a namespace, whatever runs there.
    if (application === environment.applications[0]) {
      new NetworkPolicy(this, 'DefaultDeny', {
        name: networkPolicyName(environment, 'default-deny'),
        namespace,
        selector: {},
        traffic: nothing,
      });
    }

    const claims = new Construct(this, 'Claims');
    for (const claim of application.claims ?? []) new VolumeClaim(claims, claim.name, { place, claim });

    for (const database of application.databases ?? []) {
      const { name, backup } = database;
      const { Server, Backup } = databaseConstructs[database.kind];
      const server = new Server(this, name, { place, database });
      new NetworkPolicy(server, 'network', {
        name: networkPolicyName(environment, name),
        namespace,
        selector: selectorOf(database),
        traffic: traffic.get(name) ?? nothing,
      });
      if (backup === undefined) continue;
      const dumps = new Backup(server, 'backup', { place, database, backup });
      const selector = backupPodLabels(database);
      new NetworkPolicy(dumps, 'network', {
        name: networkPolicyName(environment, `${name}-backup`),
        namespace,
        selector,
        traffic: backupTraffic(place, database),
      });
    }

    for (const service of application.services) {
      const { name } = service;
      const workload = new ServiceWorkload(this, name, { place, service });
      new NetworkPolicy(workload, 'network', {
        name: networkPolicyName(environment, name),
        namespace,
        selector: selectorOf(service),
        traffic: traffic.get(name) ?? nothing,
      });
    }

    new Route(this, 'Routing', { place });

    const path = `environments.${environment.name}.applications.${application.name}`;
    new OwnObjects(this, 'Objects', { place, path });
    new ToolObjects(this, 'Tools', { place, objects: needed });
  }
}
