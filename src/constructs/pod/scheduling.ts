import type { k8s } from 'cdk8s-plus-28';
import { selectorOf } from '../../model/names.ts';
import type { NodeRequirement, PodAffinityTerm, Toleration, TopologySpread } from '../../model/pods/scheduling.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';

/** The fields of a pod spec by which the scheduler finds a node. */
export function schedulingOf(place: Place, service: Service): Partial<k8s.PodSpec> {
  const { nodeSelector, tolerations, topologySpread, priorityClass } = service.scheduling ?? {};
  return present({
    priorityClassName: priorityClass,
    nodeSelector: nodeSelector && { ...nodeSelector },
    tolerations: tolerations?.map(toleration),
    affinity: affinityOf(place, service),
    topologySpreadConstraints: topologySpread?.map((spread) => spreadConstraint(service, spread)),
  });
}

const toleration = ({ key, value, effect, tolerationSeconds }: Toleration): k8s.Toleration =>
  present({ key, operator: value === undefined ? 'Exists' : 'Equal', value, effect, tolerationSeconds });

const spreadConstraint = (
  service: Service,
  { topologyKey, whenUnsatisfiable, maxSkew = 1 }: TopologySpread,
): k8s.TopologySpreadConstraint => ({
  maxSkew,
  topologyKey,
  whenUnsatisfiable,
  labelSelector: { matchLabels: { ...selectorOf(service) } },
});

function affinityOf(place: Place, service: Service): k8s.Affinity | undefined {
  const { nodeAffinity, podAffinity, podAntiAffinity } = service.scheduling ?? {};
  const affinity = present({
    nodeAffinity:
      nodeAffinity &&
      present({
        requiredDuringSchedulingIgnoredDuringExecution: nodeAffinity.required && {
          nodeSelectorTerms: [{ matchExpressions: nodeAffinity.required.map(requirement) }],
        },
        preferredDuringSchedulingIgnoredDuringExecution: nodeAffinity.preferred?.map(({ weight, requirements }) => ({
          weight,
          preference: { matchExpressions: requirements.map(requirement) },
        })),
      }),
    podAffinity: podAffinity && beside(place, service, podAffinity),
    podAntiAffinity: podAntiAffinity && beside(place, service, podAntiAffinity),
  });
  return Object.keys(affinity).length === 0 ? undefined : affinity;
}

const requirement = (given: NodeRequirement): k8s.NodeSelectorRequirement =>
  'values' in given
    ? { key: given.key, operator: given.operator, values: [...given.values] }
    : { key: given.key, operator: given.operator };

/** Terms that must hold, and those that count; the same for pods to be near and pods to be away from. */
function beside(place: Place, service: Service, terms: readonly PodAffinityTerm[]): k8s.PodAffinity {
  const path = `${place.pathOf(service.name)}.scheduling`;
  const term = ({ service: of = service.name, topologyKey }: PodAffinityTerm): k8s.PodAffinityTerm => ({
    labelSelector: { matchLabels: { ...place.podLabels(of, path) } },
    topologyKey,
  });
  const required = terms.filter(({ weight }) => weight === undefined).map(term);
  const preferred = terms.flatMap((it) =>
    it.weight === undefined ? [] : [{ weight: it.weight, podAffinityTerm: term(it) }],
  );
  return present({
    requiredDuringSchedulingIgnoredDuringExecution: required.length === 0 ? undefined : required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred.length === 0 ? undefined : preferred,
  });
}
