import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { backupPodLabels } from '../constructs/database-pods.ts';
import { databaseConstructs } from '../databases/database-constructs.ts';
import { NetworkPolicy, nothing } from '../constructs/network/network-policy.ts';
import { routingOf } from '../ingresses/ingress-constructs.ts';
import { backupTraffic, trafficOf } from '../constructs/network/traffic.ts';
import type { Place } from '../constructs/place.ts';
import { RawObject } from '../constructs/raw-object.ts';
import { VolumeClaim } from '../constructs/volume-claim.ts';
import { ServiceWorkload } from '../constructs/service-workload.ts';
import { networkPolicyName, selectorOf } from '../model/names.ts';

/** An application, the environment it is in, and the release it is at. */
export interface ApplicationChartProps {
  readonly place: Place;
}

/**
 * Everything that one application is in one environment: one flat chart.
 *
 * Ids of groups begin with a capital, so that no service or database, which are lower case, can have the same.
 */
export class ApplicationChart extends Chart {
  constructor(scope: Construct, id: string, { place }: ApplicationChartProps) {
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

    const objects = new Construct(this, 'Objects');
    (application.objects ?? []).forEach((object, i) => {
      const path = `environments.${environment.name}.applications.${application.name}.objects[${i}]`;
      const id = `${object.kind}-${object.metadata.name}`;
      // Another of this kind and name may be of another group, or in another namespace; whether it is the same one is told later.
      new RawObject(objects, objects.node.tryFindChild(id) === undefined ? id : `${id}-${i}`, { place, object, path });
    });
  }
}
