import { describe, expect, test } from '@jest/globals';
import { ServiceWorkload } from '../../../src/constructs/service-workload.ts';
import type { ServiceAccount } from '../../../src/model/pods/service-account.ts';
import { everyService } from '../every-field.ts';
import { identitiesOf, objectsOf, only, placeWith, smallService } from '../synthesize.ts';

const objectsFor = (serviceAccount?: ServiceAccount) => {
  const service = { ...smallService, ...(serviceAccount && { serviceAccount }) };
  const place = placeWith({ services: [...placeWith().application.services, service] });
  return objectsOf((scope) => new ServiceWorkload(scope, service.name, { place, service }));
};

const podOf = (serviceAccount?: ServiceAccount) =>
  (only(objectsFor(serviceAccount), 'Deployment') as { spec?: { template: { spec: object } } }).spec?.template.spec;

describe("a service's account", () => {
  test('is the default one, without its token, where nothing is said', () => {
    expect(identitiesOf(objectsFor())).toEqual(['Deployment/dev-worker']);
    expect(podOf()).toHaveProperty('automountServiceAccountToken', false);
    expect(podOf()).not.toHaveProperty('serviceAccountName');
  });

  test('of its own is called as the workload, may do nothing, and hands no token to anybody', () => {
    const objects = objectsFor({ kind: 'own' });

    expect(identitiesOf(objects)).toEqual(['Deployment/dev-worker', 'ServiceAccount/dev-worker']);
    expect(only(objects, 'ServiceAccount')).toHaveProperty('automountServiceAccountToken', false);
    expect(podOf({ kind: 'own' })).toMatchObject({
      serviceAccountName: 'dev-worker',
      automountServiceAccountToken: false,
    });
  });

  test('may do exactly what its rules say, in the namespace of the environment', () => {
    const objects = objectsFor(everyService.serviceAccount);

    expect(only(objects, 'ServiceAccount').metadata).toEqual({
      name: 'dev-web-front',
      namespace: 'dev',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/web' },
    });
    expect(only(objects, 'Role')).toMatchObject({
      metadata: { name: 'dev-web-front', namespace: 'dev' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['dev-flags'], verbs: ['get', 'watch'] }],
    });
    expect(only(objects, 'RoleBinding')).toMatchObject({
      metadata: { name: 'dev-web-front', namespace: 'dev' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'dev-web-front' },
      subjects: [{ kind: 'ServiceAccount', name: 'dev-web-front', namespace: 'dev' }],
    });
    expect(podOf(everyService.serviceAccount)).toHaveProperty('automountServiceAccountToken', true);
  });

  test('that is given is named as it is, and not made', () => {
    const given: ServiceAccount = { kind: 'given', name: 'reporting' };

    expect(identitiesOf(objectsFor(given))).toEqual(['Deployment/dev-worker']);
    expect(podOf(given)).toMatchObject({ serviceAccountName: 'reporting', automountServiceAccountToken: false });
  });
});
