import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import { fieldAt } from '../../src/objects/fields-at.ts';
import { objectId } from '../../src/objects/kind.ts';
import { everyWorkload } from '../model/every-workload/every-workload.ts';
import { followedByFlux } from '../engines/flux/followed-by-flux.ts';
import { rendered } from '../systems/rendered-system.ts';

const renderingOf = (delivery = everyWorkload) => rendered(delivery, 'dev', delivery.initialReleases['dev']!).objects;

/** What is rendered into a namespace, without what other pods of the environment are. */
const inside = (namespace: string): readonly KubernetesObject[] =>
  renderingOf()
    .map(({ object }) => object)
    .filter(({ metadata }) => metadata.namespace === namespace);

const found = (objects: readonly KubernetesObject[], id: string): KubernetesObject | undefined =>
  objects.find((object) => objectId(object) === id);

const byNamespace = (name: string, labels: object) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  podSelector: { matchLabels: labels },
});

describe('pods that may do more than the namespace of their environment lets them', () => {
  test('run in a namespace that admits them, with all that belongs to them, and closed by itself', () => {
    expect(inside('dev-privileged').map(objectId)).toEqual([
      'DaemonSet/dev-node-logs',
      'NetworkPolicy/dev-default-deny',
      'NetworkPolicy/dev-node-logs',
      'Service/dev-node-logs-svc',
    ]);
    expect(inside('dev-baseline').map(objectId)).toEqual([
      'Deployment/dev-legacy',
      'NetworkPolicy/dev-default-deny',
      'NetworkPolicy/dev-legacy',
    ]);
    expect(
      renderingOf().flatMap(({ path, object }) =>
        object.kind === 'Namespace' ? [[path, object.metadata.labels?.['pod-security.kubernetes.io/enforce']]] : [],
      ),
    ).toEqual([
      ['bootstrap/10-namespace.dev-baseline.yaml', 'baseline'],
      ['bootstrap/10-namespace.dev-privileged.yaml', 'privileged'],
      ['bootstrap/10-namespace.dev.yaml', 'restricted'],
    ]);
  });

  test('ask for each other, and for what is in another namespace, by its whole name', () => {
    const variables = (object: KubernetesObject | undefined) =>
      fieldAt(object, 'spec', 'template', 'spec', 'containers', 0, 'env');

    expect(variables(found(inside('dev-privileged'), 'DaemonSet/dev-node-logs'))).toContainEqual({
      name: 'QUEUE',
      value: 'nats://dev-nats-svc.dev:4222',
    });
    expect(variables(found(inside('dev-baseline'), 'Deployment/dev-legacy'))).toContainEqual({
      name: 'LOGS',
      value: 'dev-node-logs-svc.dev-privileged:24224',
    });
  });

  test('are let in and out by the policies of both sides, and of the other namespace no other pod', () => {
    const policy = (namespace: string, name: string) =>
      found(inside(namespace), `NetworkPolicy/${name}`)?.['spec'] as {
        readonly ingress: readonly { readonly from: readonly unknown[] }[];
        readonly egress: readonly { readonly to: readonly unknown[] }[];
      };
    const logs = byNamespace('dev-privileged', { app: 'node-logs' });

    expect(policy('dev-privileged', 'dev-node-logs').ingress.flatMap(({ from }) => from)).toEqual([
      byNamespace('dev-baseline', { app: 'legacy' }),
    ]);
    expect(policy('dev-privileged', 'dev-node-logs').egress.flatMap(({ to }) => to)).toContainEqual(
      byNamespace('dev', { app: 'nats' }),
    );
    expect(policy('dev-baseline', 'dev-legacy').egress.flatMap(({ to }) => to)).toContainEqual(logs);
    expect(policy('dev', 'dev-nats').ingress.flatMap(({ from }) => from)).toContainEqual(logs);
  });

  test.each([
    ['Argo CD', everyWorkload],
    ['Flux', followedByFlux(everyWorkload)],
  ])('are applied there by %s', (_, delivery) => {
    const text = JSON.stringify(
      renderingOf(delivery)
        .filter(({ application }) => application === undefined)
        .map(({ object }) => object)
        .filter(({ kind }) => kind !== 'Namespace'),
    );

    expect(text).toContain('"dev-privileged"');
    expect(text).toContain('"dev-baseline"');
  });
});
