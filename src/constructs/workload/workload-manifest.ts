import { k8s } from 'cdk8s-plus-28';
import { selectorOf, serviceName, workloadName } from '../../model/names.ts';
import { namespaceOfService } from '../../model/pods/pod-security.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';
import { deploymentRollout, revisionsOf, rollingUpdateOf } from './rollout-strategy.ts';

/** The object that runs a service's pods, as the API has it. */
export function workloadManifest(place: Place, service: Service, template: k8s.PodTemplateSpec): unknown {
  const { environment } = place;
  const metadata = { name: workloadName(environment, service), namespace: namespaceOfService(environment, service) };
  const selector = { matchLabels: { ...selectorOf(service) } };
  // An autoscaler owns the number: writing it here would set it back at every sync.
  const replicas = service.autoscaling === undefined ? (service.replicas ?? 1) : undefined;
  const revisions = revisionsOf(service);
  switch (service.workload ?? 'Deployment') {
    case 'Deployment':
      return k8s.KubeDeployment.manifest({
        metadata,
        spec: present({ replicas, selector, ...deploymentRollout(place, service), template }),
      });
    case 'StatefulSet':
      return k8s.KubeStatefulSet.manifest({
        metadata,
        spec: present({
          replicas,
          selector,
          serviceName: serviceName(environment, service),
          podManagementPolicy: service.podManagementPolicy,
          ...revisions,
          template,
          volumeClaimTemplates: claimTemplates(service),
        }),
      });
    case 'DaemonSet': {
      const rollingUpdate = rollingUpdateOf(service);
      return k8s.KubeDaemonSet.manifest({
        metadata,
        spec: present({
          selector,
          updateStrategy: rollingUpdate && { type: 'RollingUpdate', rollingUpdate },
          ...revisions,
          template,
        }),
      });
    }
  }
}

/** The claim of each replica; nothing where there is none. Kubernetes keeps them when the StatefulSet goes, unless it is told otherwise. */
function claimTemplates({ volumes = [] }: Service): k8s.KubePersistentVolumeClaimProps[] | undefined {
  const templates = volumes.flatMap((volume) =>
    volume.kind === 'claimPerReplica'
      ? [
          {
            metadata: { name: volume.name },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: volume.storageClass,
              resources: { requests: { storage: k8s.Quantity.fromString(volume.size) } },
            },
          },
        ]
      : [],
  );
  return templates.length === 0 ? undefined : templates;
}
