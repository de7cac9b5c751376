import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { graphOf } from '../../../../src/review/graph/graph-of.ts';
import type { Harbour } from '../../../../src/review/graph/graph.ts';
import { renderMermaid } from '../../../../src/review/graph/render-mermaid.ts';
import { renderSvg } from '../../../../src/review/graph/render-svg.ts';
import { validDelivery, withApplication } from '../../../support/valid-delivery.ts';

const object = (apiVersion: string, kind: string, name: string, rest: Record<string, unknown>): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'prod' },
  ...rest,
});

const pod = (container: Record<string, unknown>, rest: Record<string, unknown> = {}, app = 'none') => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: 'main', image: 'acme/tool:1', ...container }], ...rest },
});

const withObjects = (...objects: readonly KubernetesObject[]) =>
  withApplication(validDelivery(), 'prod', (application) => ({ ...application, objects }));

/** What hand-written objects add to the picture of prod. */
function added(...objects: readonly KubernetesObject[]): Pick<Harbour, 'nodes' | 'edges'> {
  const prod = (delivery: ReturnType<typeof validDelivery>): Harbour =>
    graphOf(delivery).harbours.find(({ name }) => name === 'prod')!;
  const [plain, raw] = [prod(validDelivery()), prod(withObjects(...objects))];
  expect(raw.nodes.slice(0, plain.nodes.length)).toEqual(plain.nodes);
  return { nodes: raw.nodes.slice(plain.nodes.length), edges: raw.edges.slice(plain.edges.length) };
}

describe('hand-written objects in the picture', () => {
  test('workloads and jobs are boxes, each with what it runs', () => {
    const { nodes } = added(
      object('apps/v1', 'Deployment', 'search', { spec: { replicas: 3, template: pod({ image: 'acme/search:2' }) } }),
      object('apps/v1', 'DaemonSet', 'agent', { spec: { template: pod({}) } }),
      object('apps/v1', 'StatefulSet', 'queue', {
        spec: {
          template: pod({}),
          volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: { resources: { requests: { storage: '5Gi' } } } }],
        },
      }),
      object('batch/v1', 'CronJob', 'report', {
        spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: pod({}) } } },
      }),
      object('batch/v1', 'Job', 'migrate', { spec: { template: pod({}) } }),
      object('v1', 'Pod', 'debug', { spec: pod({}).spec }),
      object('v1', 'ConfigMap', 'settings', { data: {} }),
    );

    expect(nodes.map(({ kind, title, details }) => [kind, title, ...details])).toEqual([
      ['foreign', 'search', '3 replicas', 'acme/search:2'],
      ['foreign', 'agent', 'on every node', 'acme/tool:1'],
      ['foreign', 'queue', '1 replica', 'acme/tool:1', '5Gi'],
      ['foreign', 'report', 'CronJob 0 3 * * *', 'acme/tool:1'],
      ['foreign', 'migrate', 'Job', 'acme/tool:1'],
      ['foreign', 'debug', 'Pod', 'acme/tool:1'],
    ]);
  });

  test('a workload is connected with the hosts that its texts name as addresses, and with the claims that it mounts', () => {
    const { edges } = added(
      object('batch/v1', 'Job', 'tool', {
        spec: {
          template: pod(
            {
              args: ['--to', 'http://prod-payments-svc:8080/x', 'prod-orders-svc'],
              env: [
                { name: 'DB_HOST', value: 'prod-orders-db-svc' },
                { name: 'USER', value: 'prod-orders-svc' },
                { name: 'INDEX', value: 'search.prod.svc.cluster.local' },
              ],
            },
            {
              volumes: [
                { name: 'a', persistentVolumeClaim: { claimName: 'prod-uploads' } },
                { name: 'b', persistentVolumeClaim: { claimName: 'scratch' } },
              ],
            },
          ),
        },
      }),
      object('apps/v1', 'Deployment', 'search', { spec: { template: pod({}, {}, 'search') } }),
      object('v1', 'Service', 'search', { spec: { selector: { app: 'search' } } }),
      object('v1', 'PersistentVolumeClaim', 'scratch', { spec: { resources: { requests: { storage: '1Gi' } } } }),
    );

    expect(edges.map(({ from, to, kind }) => [from, to, kind])).toEqual([
      ['prod object Job/tool', 'prod shop payments', 'connection'],
      ['prod object Job/tool', 'prod shop orders-db', 'connection'],
      ['prod object Job/tool', 'prod object Deployment/search', 'connection'],
      ['prod object Job/tool', 'prod shop claim uploads', 'mount'],
      ['prod object Job/tool', 'prod object PersistentVolumeClaim/scratch', 'mount'],
    ]);
  });

  test('an Ingress leads with its paths to what its Services select, of the model or not', () => {
    const path = (value: string, name: string) => ({
      path: value,
      backend: { service: { name, port: { number: 80 } } },
    });
    const { nodes, edges } = added(
      object('networking.k8s.io/v1', 'Ingress', 'shop', {
        spec: {
          rules: [
            {
              host: 'shop.example.com',
              http: {
                paths: [
                  path('/', 'prod-orders-svc'),
                  path('/o', 'prod-orders-svc'),
                  path('/pay', 'by-label'),
                  path('/x', 'nobody'),
                ],
              },
            },
          ],
        },
      }),
      object('v1', 'Service', 'by-label', { spec: { selector: { app: 'payments' } } }),
    );

    expect(nodes).toEqual([
      { id: 'prod object Ingress/shop', kind: 'outside', title: 'shop.example.com', details: ['Ingress/shop'] },
    ]);
    expect(edges).toEqual([
      { from: 'prod object Ingress/shop', to: 'prod shop orders', kind: 'route', label: '/, /o' },
      { from: 'prod object Ingress/shop', to: 'prod shop payments', kind: 'route', label: '/pay' },
    ]);
  });

  test('so do routes of Traefik and of the Gateway API, and Services that are open by themselves', () => {
    const { nodes, edges } = added(
      object('traefik.io/v1alpha1', 'IngressRoute', 'web', {
        spec: {
          routes: [
            { match: 'Host(`a.example.com`) && PathPrefix(`/a`)', services: [{ name: 'prod-orders-svc', port: 80 }] },
          ],
        },
      }),
      object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'api', {
        spec: {
          hostnames: ['b.example.com'],
          rules: [{ matches: [{ path: { value: '/b' } }], backendRefs: [{ name: 'prod-orders-svc', port: 80 }] }],
        },
      }),
      object('v1', 'Service', 'open', { spec: { type: 'LoadBalancer', selector: { app: 'orders' } } }),
      object('networking.k8s.io/v1', 'Ingress', 'lost', { spec: {} }),
    );

    expect(nodes.map(({ title, details }) => [title, ...details])).toEqual([
      ['any host', 'Ingress/lost'],
      ['a.example.com', 'IngressRoute/web'],
      ['b.example.com', 'HTTPRoute/api'],
      ['any host', 'Service/open'],
    ]);
    expect(edges.map(({ to, label }) => [to, label])).toEqual([
      ['prod shop orders', '/a'],
      ['prod shop orders', '/b'],
      ['prod shop orders', undefined],
    ]);
  });

  test('are drawn by both formats', async () => {
    const graph = graphOf(
      withObjects(
        object('batch/v1', 'Job', 'migrate', { spec: { template: pod({}) } }),
        object('networking.k8s.io/v1', 'Ingress', 'lost', {}),
      ),
    );

    for (const text of [await renderSvg(graph), renderMermaid(graph)])
      for (const name of ['migrate', 'Ingress/lost']) expect(text).toContain(name);
  });
});
