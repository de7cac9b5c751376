import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/model/credential.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import { everyWorkload } from '../model/every-workload/every-workload.ts';
import { followedByFlux } from '../engines/flux/followed-by-flux.ts';
import { validDelivery, withEnvironment } from '../support/valid-delivery.ts';
import { findings, rendered } from '../systems/rendered-system.ts';

const objectsOf = (delivery = everyWorkload): readonly KubernetesObject[] =>
  rendered(delivery, 'dev', delivery.initialReleases['dev']!).objects.map(({ object }) => object);

const found = (kind: string, name: string, objects = objectsOf()) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

describe('a Secret that something in the cluster makes', () => {
  test('is asked of a store by names alone', () => {
    expect(found('ExternalSecret', 'vouchers')).toMatchObject({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'vouchers', namespace: 'dev' },
      spec: {
        refreshInterval: '15m',
        secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
        target: { name: 'vouchers', creationPolicy: 'Owner' },
        data: [{ secretKey: 'key', remoteRef: { key: 'shop/dev/vouchers', property: 'key' } }],
      },
    });
  });

  test('is sealed for its own name and namespace, or issued', () => {
    expect(found('SealedSecret', 'newsletter')).toMatchObject({
      spec: { template: { metadata: { name: 'newsletter', namespace: 'dev' } } },
    });
    expect(found('Certificate', 'vouchers-tls')).toHaveProperty('spec', {
      secretName: 'vouchers-tls',
      dnsNames: ['vouchers.shop.example'],
      issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer', group: 'cert-manager.io' },
    });
  });

  test('has the type that a kubelet reads, where it is to pull images', () => {
    const pull: Credential = {
      name: 'registry',
      purpose: 'registryRead',
      holder: 'the kubelet',
      store: { kind: 'kubernetes', secretName: 'registry', keys: ['.dockerconfigjson'] },
      scope: 'pulls images',
      origin: { kind: 'externalSecret', store: 'vault', remote: { '.dockerconfigjson': { key: 'shop/registry' } } },
    };
    const delivery = withEnvironment(validDelivery(), 'dev', (dev) => ({
      ...dev,
      credentials: [...dev.credentials, pull],
    }));

    expect(found('ExternalSecret', 'registry', objectsOf(delivery))).toHaveProperty('spec.target', {
      name: 'registry',
      creationPolicy: 'Owner',
      template: { type: 'kubernetes.io/dockerconfigjson' },
    });
  });

  test('is refused where a pod asks for a key that it will not have', () => {
    const delivery = withEnvironment(everyWorkload, 'dev', (dev) => ({
      ...dev,
      applications: dev.applications.map((shop) => ({
        ...shop,
        patches: [
          ...(shop.patches ?? []),
          {
            kind: 'Deployment',
            name: 'dev-vouchers',
            reason: 'a test',
            merge: {
              spec: {
                template: {
                  spec: {
                    containers: [
                      {
                        name: 'vouchers',
                        env: [{ name: 'SIGNING_KEY', valueFrom: { secretKeyRef: { name: 'vouchers', key: 'seed' } } }],
                      },
                    ],
                  },
                },
              },
            },
          },
        ],
      })),
    }));

    expect(findings(delivery)).toContainEqual(expect.stringMatching(/Deployment\/dev-vouchers .*\(secrets\)/));
  });
});

describe('metrics', () => {
  test('are asked of the pods of a service on a port by its name, with the labels that the Prometheus chooses by', () => {
    expect(found('PodMonitor', 'dev-vouchers')).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'dev-vouchers', namespace: 'dev', labels: { release: 'prometheus' } },
      spec: {
        selector: { matchLabels: { app: 'vouchers' } },
        podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
      },
    });
  });

  test('are let in for the pods that ask, on that port and no other', () => {
    expect(found('NetworkPolicy', 'dev-vouchers')).toHaveProperty('spec.ingress', [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
          },
        ],
        ports: [{ port: 9102, protocol: 'TCP' }],
      },
    ]);
  });
});

test.each([
  ['Argo CD', everyWorkload, ['PodMonitor', 'ExternalSecret', 'SealedSecret', 'Certificate']],
  ['Flux', followedByFlux(everyWorkload), ['podmonitors', 'externalsecrets', 'sealedsecrets', 'certificates']],
])('%s may apply them', (_, delivery, kinds) => {
  const rights = JSON.stringify(objectsOf(delivery).filter(({ kind }) => kind === 'AppProject' || kind === 'Role'));

  for (const kind of kinds) expect(rights).toContain(`"${kind}"`);
});
