import { describe, expect, test } from '@jest/globals';
import { Place } from '../../src/constructs/place.ts';
import { ServiceWorkload } from '../../src/constructs/service-workload.ts';
import { engines } from '../../src/engines/engines.ts';
import type { Service } from '../../src/model/service.ts';
import { everyService } from './every-field.ts';
import { identitiesOf, objectsOf, only, placeWith, smallService } from './synthesize.ts';

const objectsFor = (
  service: Service,
  place = placeWith({ services: [service, ...placeWith().application.services] }),
) => objectsOf((scope) => new ServiceWorkload(scope, service.name, { place, service }));

describe('Workload', () => {
  test('is one locked-down Deployment when a service says no more than it must', () => {
    expect(objectsFor(smallService)).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'dev-worker', namespace: 'dev' },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'worker' } },
          strategy: { type: 'RollingUpdate' },
          progressDeadlineSeconds: 120,
          template: {
            metadata: { labels: { app: 'worker' } },
            spec: {
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 10001,
                runAsGroup: 10001,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              containers: [
                {
                  name: 'worker',
                  image: 'acme/worker:1.0',
                  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
                  resources: { requests: { cpu: '10m', memory: '16Mi' } },
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ['ALL'] },
                    readOnlyRootFilesystem: true,
                  },
                },
              ],
              volumes: [{ name: 'tmp', emptyDir: {} }],
            },
          },
        },
      },
    ]);
  });

  test('says everything that a service can say', () => {
    const objects = objectsFor(everyService);

    expect(identitiesOf(objects)).toEqual([
      'ConfigMap/dev-web-config',
      'ConfigMap/dev-web-files',
      'StatefulSet/dev-web-set',
      'Service/dev-web-front',
      'HorizontalPodAutoscaler/dev-web-set',
      'PodDisruptionBudget/dev-web-set',
      'PodMonitor/dev-web-set',
      'ServiceAccount/dev-web-front',
      'Role/dev-web-front',
      'RoleBinding/dev-web-front',
    ]);
    expect(objects.slice(0, 6)).toMatchObject([
      {
        // Where its pods may do what it asks for, with all that belongs to them.
        metadata: { labels: { app: 'web' }, namespace: 'dev-baseline' },
        data: { LOG_LEVEL: 'INFO', DATABASE: 'dev-orders-db-svc' },
      },
      { data: { 'web.conf': 'listen 8080\n' } },
      {
        spec: {
          selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
          serviceName: 'dev-web-front',
          template: {
            metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
            spec: {
              imagePullSecrets: [{ name: 'shop-ops-dev' }],
              securityContext: {
                runAsUser: 1234,
                runAsGroup: 5678,
                fsGroup: 5678,
                fsGroupChangePolicy: 'OnRootMismatch',
              },
              shareProcessNamespace: true,
              terminationGracePeriodSeconds: 45,
              initContainers: [
                {
                  name: 'prepare',
                  securityContext: { readOnlyRootFilesystem: true },
                  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
                },
              ],
              containers: [{ name: 'web' }],
              volumes: [
                { name: 'uploads', persistentVolumeClaim: { claimName: 'dev-uploads' } },
                {
                  name: 'web-files',
                  configMap: {
                    name: 'dev-web-files',
                    items: [{ key: 'web.conf', path: 'conf.d/web.conf', mode: 0o444 }],
                    defaultMode: 0o440,
                  },
                },
                {
                  name: 'key',
                  secret: {
                    secretName: 'shop-ops-dev',
                    items: [{ key: 'sshPrivateKey', path: 'id' }],
                    defaultMode: 0o400,
                  },
                },
                { name: 'cache', emptyDir: { sizeLimit: '64Mi', medium: 'Memory' } },
                {
                  name: 'identity',
                  projected: {
                    sources: [
                      { configMap: { name: 'dev-web-files', items: [{ key: 'web.conf', path: 'web.conf' }] } },
                      {
                        secret: {
                          name: 'shop-ops-dev',
                          items: [{ key: 'sshPrivateKey', path: 'ssh/key', mode: 0o400 }],
                        },
                      },
                      { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
                      { serviceAccountToken: { audience: 'vault', path: 'token', expirationSeconds: 900 } },
                    ],
                    defaultMode: 0o444,
                  },
                },
                {
                  name: 'scratch',
                  ephemeral: {
                    volumeClaimTemplate: {
                      spec: {
                        accessModes: ['ReadWriteOnce'],
                        storageClassName: 'local-path',
                        resources: { requests: { storage: '1Gi' } },
                      },
                    },
                  },
                },
                { name: 'tmp', emptyDir: {} },
              ],
            },
          },
        },
      },
      {
        metadata: { labels: { team: 'shop' } },
        spec: {
          type: 'LoadBalancer',
          selector: { 'app.kubernetes.io/name': 'web' },
          ports: [
            { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
            { name: 'raw', port: 8080, protocol: 'TCP' },
          ],
        },
      },
      {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'dev-web-set' },
          minReplicas: 2,
          maxReplicas: 5,
        },
      },
      { spec: { maxUnavailable: '50%', selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } } },
    ]);
  });

  test('leaves the number of replicas to the autoscaler', () => {
    const autoscaled = { ...smallService, replicas: 3, autoscaling: { min: 2, max: 5, cpuPercent: 70 } };

    expect(only(objectsFor(autoscaled), 'Deployment')['spec']).not.toHaveProperty('replicas');
    expect(only(objectsFor({ ...smallService, replicas: 0 }), 'Deployment')).toHaveProperty('spec.replicas', 0);
  });

  test('stops the old pod before the new one starts when only one node may have its volume', () => {
    const strategyWith = (accessMode: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany') => {
      const service: Service = { ...smallService, volumes: [{ name: 'data', kind: 'claim', claim: 'data' }] };
      const place = placeWith({
        services: [service],
        claims: [{ name: 'data', size: '1Gi', storageClass: 'fast', accessMode }],
      });
      return only(objectsFor(service, place), 'Deployment');
    };

    expect(strategyWith('ReadWriteOnce')).toHaveProperty('spec.strategy', { type: 'Recreate' });
    expect(strategyWith('ReadWriteOncePod')).toHaveProperty('spec.strategy', { type: 'Recreate' });
    expect(strategyWith('ReadWriteMany')).toHaveProperty('spec.strategy', { type: 'RollingUpdate' });
  });

  test('writes how pods are replaced for an engine that takes away only what it wrote, so that it can go again', () => {
    const place = placeWith({ services: [smallService] });
    const followed = (engine: 'argocd' | 'flux', service = smallService) =>
      only(
        objectsFor(service, new Place(place.environment, place.application, place.release, engines[engine].marks)),
        'Deployment',
      );
    const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%' };

    expect(followed('argocd')).toHaveProperty('spec.strategy', { type: 'RollingUpdate' });
    expect(followed('flux')).toHaveProperty('spec.strategy', { type: 'RollingUpdate', rollingUpdate });
    expect(followed('flux', { ...smallService, strategy: 'Recreate' })).toHaveProperty('spec.strategy', {
      type: 'Recreate',
    });
  });

  test('keeps a port without a name as it is, because naming it changes what others point to', () => {
    const service = { ...smallService, ports: [{ name: 'http', port: 4567, targetPort: 3000, named: false }] };

    expect(only(objectsFor(service), 'Service')['spec']).toEqual({
      type: 'ClusterIP',
      selector: { app: 'worker' },
      ports: [{ port: 4567, targetPort: 3000, protocol: 'TCP' }],
    });
  });

  test('gives a headless Service no address', () => {
    const service: Service = { ...smallService, serviceType: 'headless', ports: [{ name: 'http', port: 80 }] };

    expect(only(objectsFor(service), 'Service')['spec']).toEqual({
      clusterIP: 'None',
      selector: { app: 'worker' },
      ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    });
  });

  test('tells which artifact is behind which container', () => {
    const place = placeWith({ services: [everyService, ...placeWith().application.services] });
    let artifacts = {};
    objectsOf((scope) => (artifacts = new ServiceWorkload(scope, 'web', { place, service: everyService }).artifacts));

    expect(artifacts).toEqual({ web: 'orders' });
  });

  test('fails for a StatefulSet without a port, which would have no Service', () => {
    expect(() => objectsFor({ ...smallService, workload: 'StatefulSet' })).toThrow(
      'portolan: the delivery is not valid (1 problem)\n' +
        '  environments.dev.applications.shop.services.worker.ports: must hold at least one port: a StatefulSet needs a Service, got []',
    );
  });
});
