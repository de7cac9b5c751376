import { describe, expect, test } from '@jest/globals';
import { trafficOf } from '../../../src/constructs/network/traffic.ts';
import { ServiceWorkload } from '../../../src/constructs/service-workload.ts';
import type { Service } from '../../../src/model/service.ts';
import { nats, perNode } from '../../model/every-workload/clustered.ts';
import { objectsOf, only, placeWith } from '../synthesize.ts';

const objectsFor = (service: Service) => {
  const place = placeWith({ services: [...placeWith().application.services, service] });
  return objectsOf((scope) => new ServiceWorkload(scope, service.name, { place, service }));
};

describe('a StatefulSet whose pods are peers', () => {
  const objects = objectsFor(nats);

  test('has a claim for each replica, and pods that start at once', () => {
    const set = only(objects, 'StatefulSet');

    expect(set).toMatchObject({
      spec: {
        replicas: 3,
        serviceName: 'dev-nats-svc',
        podManagementPolicy: 'Parallel',
        volumeClaimTemplates: [
          {
            metadata: { name: 'streams' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: 'local-path',
              resources: { requests: { storage: '1Gi' } },
            },
          },
        ],
      },
    });
    // Its pods see the claim under the volume's name, and the template says no volume of it.
    expect(set).toHaveProperty('spec.template.spec.securityContext.fsGroup', 10001);
    expect(JSON.stringify(set['spec'])).toContain('{"mountPath":"/data","name":"streams"}');
    expect((set as { spec?: { template: { spec: { volumes: object[] } } } }).spec?.template.spec.volumes).toEqual([
      { name: 'settings', configMap: { name: 'dev-nats-settings' } },
      { name: 'tmp', emptyDir: {} },
    ]);
  });

  test('has a Service that names them before they are ready, under which each finds the others', () => {
    expect(only(objects, 'Service')).toMatchObject({
      spec: { clusterIP: 'None', publishNotReadyAddresses: true },
    });
    expect(JSON.stringify(only(objects, 'ConfigMap'))).toContain('nats://dev-nats-svc:6222');
  });

  test('may talk to its own peers, and to nobody else', () => {
    const place = placeWith({ services: [...placeWith().application.services, nats] });
    const peers = [{ peer: { kind: 'pods', labels: { app: 'nats' } }, ports: [{ port: 6222 }] }];
    const traffic = trafficOf(place).get('nats');

    expect(traffic?.ingress).toEqual(peers);
    expect(traffic?.egress.slice(1)).toEqual(peers);
  });
});

test('a DaemonSet has no number of pods, and replaces as many at once as it is told', () => {
  const set = only(objectsFor(perNode), 'DaemonSet');

  expect(set).toMatchObject({
    metadata: { name: 'dev-node-report', namespace: 'dev' },
    spec: {
      selector: { matchLabels: { app: 'node-report' } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      minReadySeconds: 5,
    },
  });
  expect(set['spec']).not.toHaveProperty('replicas');
  expect(set['spec']).not.toHaveProperty('strategy');
});
