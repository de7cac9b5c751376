import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { backupPodLabels } from '../constructs/database-pods.ts';
import { databaseConstructs } from '../databases/database-constructs.ts';
import { NetworkPolicy, nothing } from '../constructs/network/network-policy.ts';
import { routingOf } from '../ingresses/ingress-constructs.ts';
import { backupTraffic, trafficOf } from '../constructs/network/traffic.ts';
import type { Place } from '../constructs/place.ts';
import { MadeSecret } from '../constructs/secrets/made-secret.ts';
import { VolumeClaim } from '../constructs/volume-claim.ts';
import { JobWorkload } from '../constructs/job-workload.ts';
import { ServiceWorkload } from '../constructs/service-workload.ts';
import { namespaceOfService, namespacesBeside } from '../model/pods/pod-security.ts';
import { neededByJobs, podsOfJob, runsBefore } from '../model/pods/job-pods.ts';
import type { KubernetesObject } from '../model/application.ts';
import { networkPolicyName, selectorOf } from '../model/names.ts';
import { HelmCharts, type ChartObjects } from './helm-charts.ts';
import { KnownServices, type KnownObject, type Shelf } from './known-services.ts';
import { OwnObjects, ToolObjects } from './listed-objects.ts';

/** An application, the environment it is in, and the release it is at. */
export interface ApplicationChartProps {
  readonly place: Place;
  /** What a promoter needs beside it. @default - nothing */
  readonly needed?: readonly KubernetesObject[];
  /** What its Helm charts come to. @default - it has none */
  readonly helmCharts?: readonly ChartObjects[];
  /** Where its services lie as earlier starts made them. @default - all are made */
  readonly shelf?: Shelf;
}

/** A service that need not be made: its objects, in the place of the constructs that would make them. */
export class KnownWorkload extends Construct {
  constructor(
    scope: Construct,
    id: string,
    readonly objects: readonly KnownObject[],
  ) {
    super(scope, id);
  }
}

/**
 * Everything that one application is in one environment: one flat chart.
 *
 * Ids of groups begin with a capital, so that no service or database, which are lower case, can have the same.
 */
export class ApplicationChart extends Chart {
  /** Which services were made, and which were known. @default - nothing is kept */
  readonly known?: KnownServices;

  constructor(scope: Construct, id: string, { place, needed = [], helmCharts = [], shelf }: ApplicationChartProps) {
    super(scope, id);
    const { application, environment } = place;
    const { namespace } = environment;
    const traffic = trafficOf(place);
    const Route = routingOf(environment);
    const known = shelf === undefined ? undefined : new KnownServices(place, traffic, shelf);
    if (known !== undefined) this.known = known;

    // Once in a namespace, whatever runs there.
    if (application === environment.applications[0]) {
      const secrets = new Construct(this, 'Secrets');
      for (const credential of environment.credentials) {
        const { origin } = credential;
        if (typeof origin === 'object') new MadeSecret(secrets, credential.name, { environment, credential, origin });
      }
      const name = networkPolicyName(environment, 'default-deny');
      new NetworkPolicy(this, 'DefaultDeny', { name, namespace, selector: {}, traffic: nothing });
      for (const beside of namespacesBeside(environment))
        new NetworkPolicy(this, `DefaultDeny-${beside}`, { name, namespace: beside, selector: {}, traffic: nothing });
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
      const within = namespaceOfService(environment, service);
      const at = place.from(within);
      const before = known?.recall(service, at);
      if (before !== undefined) {
        new KnownWorkload(this, name, before);
        continue;
      }
      const there = known?.noting(service, at) ?? at;
      const workload = new ServiceWorkload(this, name, { place: there, service });
      new NetworkPolicy(workload, 'network', {
        name: networkPolicyName(environment, name),
        namespace: within,
        selector: selectorOf(service),
        traffic: traffic.get(name) ?? nothing,
      });
      for (const job of service.jobs ?? []) {
        const run = new JobWorkload(this, job.name, { place: there, service, job });
        new NetworkPolicy(run, 'network', {
          name: networkPolicyName(environment, job.name),
          namespace: within,
          selector: selectorOf(podsOfJob(environment, service, job)),
          traffic: traffic.get(job.name) ?? nothing,
        });
      }
    }

    new Route(this, 'Routing', { place });

    const path = `environments.${environment.name}.applications.${application.name}`;
    new HelmCharts(this, 'HelmCharts', { place, path, charts: helmCharts });
    new OwnObjects(this, 'Objects', { place, path });
    new ToolObjects(this, 'Tools', { place, objects: needed });
    if (application.services.some(runsBefore)) this.markGround(place);
  }

  /** What the jobs before a release need is there first: configuration, accounts and policies, and the pods that they talk to. */
  private markGround({ application, marks }: Place): void {
    const needed = neededByJobs(application);
    const depth = this.node.path.split('/').length;
    for (const made of this.node.findAll()) {
      if (!(made instanceof ApiObject)) continue;
      const owner = made.node.path.split('/')[depth] ?? '';
      if (!configuring.has(made.kind) && !(serving.has(made.kind) && needed.has(owner))) continue;
      const { annotations = {} } = (made.toJson() as KubernetesObject).metadata;
      if (marks.ownTime.some((key) => Object.hasOwn(annotations, key))) continue;
      for (const [key, value] of Object.entries(marks.beforeJobs)) made.metadata.addAnnotation(key, value);
    }
  }
}

/** Kinds without which no pod starts or talks. Claims are none of them: one may wait for its first pod. */
const configuring: ReadonlySet<string> = new Set([
  'ConfigMap',
  'ExternalSecret',
  'NetworkPolicy',
  'Role',
  'RoleBinding',
  'SealedSecret',
  'ServiceAccount',
]);

/** Kinds by which pods run and are found. */
const serving: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'Service', 'StatefulSet']);
