import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { selectorOf, workloadName } from '../../model/names.ts';
import type { Metrics } from '../../model/network/monitoring.ts';
import { namespaceOfService } from '../../model/pods/pod-security.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';

/** A service that says how it is, and the place it runs in. */
export interface PodMonitorProps {
  readonly place: Place;
  readonly service: Service;
  readonly metrics: Metrics;
}

/** Who is asked for metrics. Defines: a PodMonitor over the service's pods. Does not define: the traffic, which the service's policy lets in. */
export class PodMonitor extends Construct {
  constructor(scope: Construct, id: string, { place, service, metrics }: PodMonitorProps) {
    super(scope, id);
    const { environment } = place;
    const { port, path = '/metrics', intervalSeconds } = metrics;
    const { labels } = environment.monitoring ?? {};
    new ApiObject(this, 'monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: present({
        name: workloadName(environment, service),
        namespace: namespaceOfService(environment, service),
        labels: labels && { ...labels },
      }),
      spec: {
        selector: { matchLabels: { ...selectorOf(service) } },
        podMetricsEndpoints: [
          present({ port, path, interval: intervalSeconds === undefined ? undefined : `${intervalSeconds}s` }),
        ],
      },
    });
  }
}
