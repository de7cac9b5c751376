import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { listAt, textAt } from '../../../../src/objects/fields-at.ts';
import { suiteLabels, type ThrowAwayCluster } from '../../../support/cluster.ts';

/** Namespaces of the shop that the tests run. */
export const namespaces = ['shop-dev', 'shop-qa'] as const;

/** Digest of an image whose program fails in one environment, and in no other. */
export const failingIn = {
  dev: `sha256:fa110d${'0'.repeat(58)}`,
  qa: `sha256:fa110a${'0'.repeat(58)}`,
} as const;

const name = 'portolan-e2e-shop';

/** What is said of pods: those of an image that fails are told to. */
const failing: readonly KubernetesObject[] = [
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicy',
    metadata: { name, labels: suiteLabels },
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...namespaces] }],
        },
      },
      matchConditions: [
        {
          name: 'image',
          expression: Object.entries(failingIn)
            .map(
              ([place, digest]) =>
                `(request.namespace == 'shop-${place}' && object.spec.containers.exists(c, c.image.contains('${digest}')))`,
            )
            .join(' || '),
        },
      ],
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      mutations: [
        {
          patchType: 'ApplyConfiguration',
          applyConfiguration: {
            expression: "Object{metadata: Object.metadata{annotations: {'fake-kubelet/outcome': 'fail'}}}",
          },
        },
      ],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name, labels: suiteLabels },
    spec: { policyName: name },
  },
];

/** A pod in a namespace of its own, with the labels by which policies name it. */
const standIn = (namespace: string, label: string): readonly KubernetesObject[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: suiteLabels } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'stand-in', namespace, labels: { ...suiteLabels, 'app.kubernetes.io/name': label } },
    spec: { containers: [{ name: 'stand-in', image: 'registry.k8s.io/pause:3.10' }] },
  },
];

/** What lets traffic in, and what asks for metrics. */
const peers: readonly KubernetesObject[] = [
  ...standIn('ingress-nginx', 'ingress-nginx'),
  ...standIn('monitoring', 'prometheus'),
];

/** Definitions of what programs ask others for, with the fields that the schemas have. */
export const definitions: readonly KubernetesObject[] = ['monitoring', 'secrets'].flatMap((file) =>
  (loadAll(readFileSync(`scripts/definitions/${file}.yaml`, 'utf8')) as readonly KubernetesObject[]).map((object) => ({
    ...object,
    metadata: { ...object.metadata, labels: suiteLabels },
  })),
);

/** Names of these definitions. */
export const definitionNames: readonly string[] = definitions.map(({ metadata }) => metadata.name);

/** The API of metrics-server, as a definition whose objects somebody writes: an autoscaler asks for no more. */
const metrics: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'pods.metrics.k8s.io',
    labels: suiteLabels,
    annotations: { 'api-approved.kubernetes.io': 'unapproved, stands in for metrics-server' },
  },
  spec: {
    group: 'metrics.k8s.io',
    scope: 'Namespaced',
    names: { kind: 'PodMetrics', listKind: 'PodMetricsList', plural: 'pods', singular: 'pod' },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

/**
 * What the programs beside the shop would do, done again and again: an address for each way in, amounts for each pod that is scaled, and the
 * Secret that each ExternalSecret asks for.
 */
export class AroundTheShop {
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();

  async begin(cluster: ThrowAwayCluster): Promise<void> {
    const hasMetrics = (await cluster.kubectl(['get', 'apiservices', 'v1beta1.metrics.k8s.io'])).exitCode === 0;
    await cluster.apply(...failing, ...peers, ...definitions, ...(hasMetrics ? [] : [metrics]));
    this.timer = setInterval(() => {
      this.turn = this.turn.then(() => act(cluster, hasMetrics)).catch(() => undefined);
    }, 2000);
  }

  /** Ends what goes on; also after a step that failed. */
  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.turn;
  }
}

async function act(cluster: ThrowAwayCluster, hasMetrics: boolean): Promise<void> {
  for (const namespace of namespaces) {
    for (const ingress of await cluster.list('ingresses.networking.k8s.io', namespace))
      if (listAt(ingress, 'status', 'loadBalancer', 'ingress').length === 0)
        await cluster.run(
          'patch',
          'ingress',
          ingress.metadata.name,
          `--namespace=${namespace}`,
          '--subresource=status',
          '--type=merge',
          `--patch=${JSON.stringify({ status: { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } } })}`,
        );
    for (const asked of await cluster.list('externalsecrets.external-secrets.io', namespace))
      if (listAt(asked, 'status', 'conditions').length === 0) await make(cluster, asked);
    if (hasMetrics) continue;
    const pods = (await cluster.list('pods', namespace)).filter(
      ({ metadata }) => metadata.labels?.['app'] === 'worker',
    );
    if (pods.length > 0) await cluster.apply(...pods.map(amountsOf));
  }
}

/** Makes what an ExternalSecret asks for, and says that it did, as External Secrets does. */
async function make(cluster: ThrowAwayCluster, { metadata, spec }: KubernetesObject): Promise<void> {
  const keys = listAt(spec, 'data').map((entry) => textAt(entry, 'secretKey'));
  const type = textAt(spec, 'target', 'template', 'type');
  await cluster.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    type: type === '' ? 'Opaque' : type,
    metadata: { name: textAt(spec, 'target', 'name'), namespace: metadata.namespace ?? '' },
    stringData: Object.fromEntries(keys.map((key) => [key, '{"auths":{}}'])),
  });
  const condition = { type: 'Ready', status: 'True', reason: 'SecretSynced', message: 'secret synced' };
  await cluster.run(
    'patch',
    'externalsecrets.external-secrets.io',
    metadata.name,
    `--namespace=${metadata.namespace ?? ''}`,
    '--subresource=status',
    '--type=merge',
    `--patch=${JSON.stringify({ status: { conditions: [condition] } })}`,
  );
}

const amountsOf = ({ metadata, spec }: KubernetesObject): KubernetesObject => ({
  apiVersion: 'metrics.k8s.io/v1beta1',
  kind: 'PodMetrics',
  metadata: { name: metadata.name, namespace: metadata.namespace ?? '', labels: metadata.labels ?? {} },
  // Later than any start of the pod, so that it counts at once.
  timestamp: new Date(Date.now() + 3_600_000).toISOString(),
  window: '30s',
  containers: listAt(spec, 'containers').map((container) => ({
    name: textAt(container, 'name'),
    usage: { cpu: '100m', memory: '100Mi' },
  })),
});
