import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../../../src/model/environment.ts';
import type { PodSecurity } from '../../../../src/model/pods/pod-security.ts';
import { podSecurityChecks } from '../../../../src/review/checks/every-check.ts';
import { withApplication, validDelivery } from '../../../support/valid-delivery.ts';
import { dev, deployment, findings } from '../small-objects.ts';

const reason = 'its image starts as root';

const failing = (environment: Environment, pod: object, namespace?: string): readonly string[] => {
  const given = deployment('dev-orders', pod as Parameters<typeof deployment>[1]);
  const object = namespace === undefined ? given : { ...given, metadata: { ...given.metadata, namespace } };
  return podSecurityChecks
    .filter((check) => findings(check, [object], { environment }).length > 0)
    .map(({ name }) => name);
};

const open = (podSecurity: PodSecurity): Environment => ({ ...dev(), podSecurity });

/** A pod that says nothing of itself, one that has all that "baseline" lets it have, and one that has more. */
const silent = { securityContext: {}, containers: [{ name: 'orders', image: 'acme/tools:1' }] };
const usual = {
  securityContext: { runAsUser: 0 },
  containers: [{ name: 'orders', image: 'acme/tools:1', securityContext: { capabilities: { add: ['CHOWN'] } } }],
  volumes: [{ name: 'mail', nfs: { server: 'files.example.com', path: '/mail' } }],
};
const onNode = {
  hostNetwork: true,
  securityContext: { seccompProfile: { type: 'Unconfined' } },
  containers: [
    {
      name: 'orders',
      image: 'acme/tools:1',
      securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } },
    },
  ],
  volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }],
};

describe('a level of Pod Security', () => {
  test('"baseline" lets pods say nothing, and have what containers usually have', () => {
    expect(failing(open({ level: 'baseline', reason }), silent)).toEqual([]);
    expect(failing(open({ level: 'baseline', reason }), usual)).toEqual([]);
  });

  test('"baseline" lets no pod reach into its node', () => {
    expect(failing(open({ level: 'baseline', reason }), onNode)).toEqual([
      'host-namespaces',
      'privileged-containers',
      'capabilities',
      'volume-types',
      'seccomp',
    ]);
  });

  test('"privileged" lets it', () => {
    expect(failing(open({ level: 'privileged', reason }), onNode)).toEqual([]);
  });

  test('counts in a namespace beside for the services that it is there for, and for no other pod', () => {
    const environment = dev(
      withApplication(validDelivery(), 'dev', (shop) => ({
        ...shop,
        services: shop.services.map((service) =>
          service.name === 'orders' ? { ...service, podSecurity: { level: 'privileged' as const, reason } } : service,
        ),
      })),
    );
    const other = { ...environment, applications: environment.applications.map(withoutOrders) };

    expect(failing(environment, onNode, 'dev-privileged')).toEqual([]);
    expect(failing(environment, onNode)).toContain('privileged-containers');
    expect(failing(other, onNode, 'dev-privileged')).toContain('privileged-containers');
  });
});

/** The same application, whose service of more rights has another name. */
const withoutOrders = (application: Environment['applications'][number]): Environment['applications'][number] => ({
  ...application,
  services: application.services.map((service) =>
    service.name === 'orders' ? { ...service, name: 'billing' } : service,
  ),
});
