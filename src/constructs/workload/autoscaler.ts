import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import { workloadName } from '../../model/names.ts';
import type { Autoscaling, AutoscalingMetric, ScalingRules } from '../../model/pods/autoscaling.ts';
import { namespaceOfService } from '../../model/pods/pod-security.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';

/** A service whose replicas an autoscaler chooses, and the place it runs in. */
export interface AutoscalerProps {
  readonly place: Place;
  readonly service: Service;
  readonly autoscaling: Autoscaling;
}

/** What chooses the replicas of a service. Defines: a HorizontalPodAutoscaler. Does not define: who tells it metrics. */
export class Autoscaler extends Construct {
  constructor(scope: Construct, id: string, { place, service, autoscaling }: AutoscalerProps) {
    super(scope, id);
    const { environment } = place;
    const name = workloadName(environment, service);
    const { min, max, cpuPercent, metrics = [], behavior } = autoscaling;
    new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: { name, namespace: namespaceOfService(environment, service) },
      spec: present({
        scaleTargetRef: { apiVersion: 'apps/v1', kind: service.workload ?? 'Deployment', name },
        minReplicas: min,
        maxReplicas: max,
        metrics: [
          ...(cpuPercent === undefined
            ? []
            : [metricSpec({ kind: 'resource', name: 'cpu', averageUtilization: cpuPercent })]),
          ...metrics.map(metricSpec),
        ],
        behavior:
          behavior &&
          present({
            scaleUp: behavior.scaleUp && scalingRules(behavior.scaleUp),
            scaleDown: behavior.scaleDown && scalingRules(behavior.scaleDown),
          }),
      }),
    });
  }
}

function metricSpec(metric: AutoscalingMetric): k8s.MetricSpecV2 {
  switch (metric.kind) {
    case 'resource':
      return { type: 'Resource', resource: { name: metric.name, target: utilization(metric.averageUtilization) } };
    case 'containerResource':
      return {
        type: 'ContainerResource',
        containerResource: {
          name: metric.name,
          container: metric.container,
          target: utilization(metric.averageUtilization),
        },
      };
    case 'pods':
      return { type: 'Pods', pods: { metric: { name: metric.metric }, target: averageValue(metric.averageValue) } };
    case 'external':
      return {
        type: 'External',
        external: {
          metric: present({
            name: metric.metric,
            selector: metric.labels && { matchLabels: { ...metric.labels } },
          }),
          target: averageValue(metric.averageValue),
        },
      };
  }
}

const utilization = (averageUtilization: number): k8s.MetricTargetV2 => ({ type: 'Utilization', averageUtilization });

const averageValue = (value: string): k8s.MetricTargetV2 => ({
  type: 'AverageValue',
  averageValue: k8s.Quantity.fromString(value),
});

const scalingRules = ({ stabilizationWindowSeconds, selectPolicy, policies }: ScalingRules): k8s.HpaScalingRulesV2 =>
  present({
    stabilizationWindowSeconds,
    selectPolicy,
    policies: policies?.map(({ type, value, periodSeconds }) => ({ type, value, periodSeconds })),
  });
