import { expect, test } from '@jest/globals';
import { renderEnvironment } from '../../../../src/render/render-environment.ts';
import { cutOffPods } from '../../../../src/review/checks/security/cut-off-pods.ts';
import { validDelivery, withApplication } from '../../../support/valid-delivery.ts';
import { cronJob, deployment, dev, findings, object, type Fields } from '../small-objects.ts';
import type { KubernetesObject } from '../../../../src/model/application.ts';

const policy = (name: string, spec: Fields) => object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec });
const denyAll = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

/** What is found in objects that are all written by hand. */
const found = (...objects: readonly KubernetesObject[]): readonly string[] =>
  findings(cutOffPods, objects, {
    environment: dev(withApplication(validDelivery(), 'dev', (application) => ({ ...application, objects }))),
  });

test('accepts pods that a policy of their own selects, and policies for all pods that let something through', () => {
  const own = policy('orders', { podSelector: { matchLabels: { app: 'orders' } }, policyTypes: ['Egress'] });
  const names = policy('names', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] });
  const ingress = policy('deny-in', { podSelector: {}, policyTypes: ['Ingress'] });

  expect(found(denyAll, own, deployment('dev-orders'))).toEqual([]);
  expect(found(denyAll, names, deployment('dev-orders'))).toEqual([]);
  expect(found(ingress, deployment('dev-orders'))).toEqual([]);
  expect(found(deployment('dev-orders'))).toEqual([]);
});

test('fails on pods that only a policy that denies everything selects', () => {
  const line = (id: string, labels: string) =>
    `${id}: only the network policy "deny" selects its pods, and it lets nothing through, not even the look-up of a name; add a NetworkPolicy for their labels (${labels}) that says whom they talk to`;

  expect(found(denyAll, deployment('dev-orders'))).toEqual([line('Deployment/dev-orders', 'app=orders')]);
  expect(found(policy('deny', { podSelector: {}, egress: [] }), cronJob('dev-report'))).toHaveLength(1);
});

test('fails on a hand-written workload of a rendered environment, and on nothing that the model makes', () => {
  const settings = { opsRepository: 'https://github.com/acme/shop-ops.git' };
  const delivery = withApplication(validDelivery(), 'dev', (application) => ({
    ...application,
    objects: [{ ...deployment('search'), metadata: { name: 'search', namespace: 'dev' }, spec: hidden }],
  }));
  const { objects } = renderEnvironment(delivery, dev(delivery), delivery.initialReleases['dev']!, settings);

  expect(findings(cutOffPods, objects, { environment: dev(delivery) }).map((line) => line.slice(0, 18))).toEqual([
    'Deployment/search:',
  ]);
});

const hidden = {
  selector: { matchLabels: { app: 'search' } },
  template: {
    metadata: { labels: { app: 'search' } },
    spec: { containers: [{ name: 'search', image: 'acme/search:1' }] },
  },
};
