import { expect, test } from '@jest/globals';
import { appArmor } from '../../../../../src/review/checks/security/pod-security/app-armor.ts';
import { deployment, findings, template } from '../../small-objects.ts';

const annotated = (profile: string) =>
  deployment(
    'dev-orders',
    {},
    { template: template({}, { app: 'orders' }, { 'container.apparmor.security.beta.kubernetes.io/orders': profile }) },
  );

test('accepts the default profile and local ones, as field and as annotation', () => {
  expect(
    findings(appArmor, [deployment('dev-orders', { securityContext: { appArmorProfile: { type: 'Localhost' } } })]),
  ).toEqual([]);
  expect(findings(appArmor, [annotated('runtime/default'), annotated('localhost/mine'), annotated('')])).toEqual([]);
});

test('fails where the profile is lifted', () => {
  expect(
    findings(appArmor, [
      deployment('dev-orders', { securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
      annotated('unconfined'),
    ]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.securityContext.appArmorProfile.type: the pod lifts its AppArmor profile; write "RuntimeDefault", got "Unconfined"',
    'Deployment/dev-orders spec.template.metadata.annotations["container.apparmor.security.beta.kubernetes.io/orders"]: container "orders" lifts its AppArmor profile; write "runtime/default", got "unconfined"',
  ]);
});
