import type { KubernetesObject } from '../../src/model/application.ts';
import { suiteLabels } from './cluster.ts';
import { liveSystem } from './live-system.ts';

/** The system of one environment as it runs before it is taken over, on a node and in a folder of this cluster. */
export const objectsToday = (environment: string, node: string, path: string): readonly KubernetesObject[] =>
  liveSystem(environment).map((object) =>
    object.kind === 'PersistentVolume'
      ? {
          ...object,
          spec: {
            ...(object['spec'] as object),
            local: { path },
            nodeAffinity: {
              required: {
                nodeSelectorTerms: [
                  { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
                ],
              },
            },
          },
        }
      : object,
  );

/** Definitions of Traefik's old group, which a cluster of today may still have. */
export const oldTraefikDefinitions: readonly KubernetesObject[] = (['IngressRoute', 'Middleware'] as const).map(
  (kind) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.traefik.containo.us`, labels: suiteLabels },
    spec: {
      group: 'traefik.containo.us',
      names: { kind, plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase() },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  }),
);
