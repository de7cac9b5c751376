import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { objectName, selectorOf, serviceName, workloadName } from '../model/names.ts';
import { namespaceOfService } from '../model/pods/pod-security.ts';
import type { Service } from '../model/service.ts';
import type { Place } from './place.ts';
import { sleepPatches } from './pod/lifecycle.ts';
import { allContainers, podTemplate, resolvedConfigs } from './pod/pod-template.ts';
import { intOrString } from './pod/probe.ts';
import { present } from './present.ts';
import { OwnAccount } from './workload/service-account.ts';
import { Autoscaler } from './workload/autoscaler.ts';
import { PodMonitor } from './workload/pod-monitor.ts';
import { workloadManifest } from './workload/workload-manifest.ts';

/** A service and the place it runs in. */
export interface ServiceWorkloadProps {
  readonly place: Place;
  readonly service: Service;
}

/**
 * Everything that one service is in the cluster.
 *
 * Defines: a Deployment, StatefulSet or DaemonSet, its ConfigMaps, and as the service asks a Service, a ServiceAccount and its rights, a
 * HorizontalPodAutoscaler, a PodDisruptionBudget and a PodMonitor. Does not define: claims, routes, network policies.
 */
export class ServiceWorkload extends Construct {
  /** The Deployment, StatefulSet or DaemonSet. */
  readonly object: ApiObject;
  /** Name of the artifact behind each container image, by container name. */
  readonly artifacts: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { place, service }: ServiceWorkloadProps) {
    super(scope, id);
    const { environment } = place;
    const path = place.pathOf(service.name);
    const namespace = namespaceOfService(environment, service);
    const name = workloadName(environment, service);
    const selector = { matchLabels: { ...selectorOf(service) } };
    const kind = service.workload ?? 'Deployment';
    const ports = service.ports ?? [];
    if (kind === 'StatefulSet' && ports.length === 0)
      place.refuse(`${path}.ports`, 'must hold at least one port: a StatefulSet needs a Service', ports);
    const configs = resolvedConfigs(place, service);

    for (const config of service.configs ?? []) {
      new k8s.KubeConfigMap(this, `config-${config.name}`, {
        metadata: {
          name: objectName(environment, config.name),
          namespace,
          ...(config.labels && { labels: { ...config.labels } }),
        },
        data: configs[config.name] ?? {},
      });
    }

    const manifest = workloadManifest(place, service, podTemplate(place, service, configs));
    // As the API has it, and not as the typed object: that leaves out what is newer than itself.
    this.object = new ApiObject(this, 'workload', manifest as ApiObjectProps);
    this.object.addJsonPatch(
      ...sleepPatches('containers', service.containers),
      ...sleepPatches('initContainers', service.initContainers ?? []),
    );
    this.artifacts = Object.fromEntries(
      allContainers(service).flatMap((container) =>
        typeof container.image === 'string' ? [] : [[container.name, container.image.artifact]],
      ),
    );

    if (ports.length > 0) new k8s.KubeService(this, 'service', serviceProps(place, service));
    const { autoscaling } = service;
    if (autoscaling !== undefined) new Autoscaler(this, 'autoscaling', { place, service, autoscaling });
    if (service.maxUnavailable !== undefined) {
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: { name, namespace },
        spec: { selector, maxUnavailable: intOrString(service.maxUnavailable) },
      });
    }
    if (service.metrics !== undefined) new PodMonitor(this, 'metrics', { place, service, metrics: service.metrics });
    if (service.serviceAccount?.kind === 'own') new OwnAccount(this, 'service-account', { place, service });
  }
}

function serviceProps({ environment }: Place, service: Service): k8s.KubeServiceProps {
  const type = service.serviceType ?? 'ClusterIP';
  return {
    metadata: {
      name: serviceName(environment, service),
      namespace: namespaceOfService(environment, service),
      ...(service.serviceLabels && { labels: { ...service.serviceLabels } }),
    },
    spec: {
      ...(type === 'headless' ? { clusterIp: 'None' } : { type }),
      ...(service.publishNotReadyAddresses === undefined
        ? {}
        : { publishNotReadyAddresses: service.publishNotReadyAddresses }),
      selector: { ...selectorOf(service) },
      ports: (service.ports ?? []).map(({ name, port, targetPort, named = true }) =>
        present({
          name: named ? name : undefined,
          port,
          targetPort: targetPort === undefined ? undefined : intOrString(targetPort),
          protocol: 'TCP',
        }),
      ),
    },
  };
}
