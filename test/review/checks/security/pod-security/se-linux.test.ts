import { expect, test } from '@jest/globals';
import { seLinux } from '../../../../../src/review/checks/security/pod-security/se-linux.ts';
import { deployment, dev, findings } from '../../small-objects.ts';

const options = (seLinuxOptions: object) => deployment('dev-orders', { securityContext: { seLinuxOptions } });

test('accepts types of containers', () => {
  const newer = { ...dev(), cluster: { ...dev().cluster, kubernetes: { oldest: '1.31', newest: '1.36' } as const } };

  expect(findings(seLinux, [options({ type: 'container_t', level: 's0:c1' }), options({ type: '' })])).toEqual([]);
  expect(findings(seLinux, [options({ type: 'container_engine_t' })], { environment: newer })).toEqual([]);
});

test('fails on another type, a newer one than the oldest line allows, and on a user or role', () => {
  expect(
    findings(seLinux, [
      options({ type: 'spc_t', user: 'system_u', role: 'r' }),
      options({ type: 'container_engine_t' }),
    ]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.securityContext.seLinuxOptions.type: the pod has an SELinux type that is not allowed; write one of: container_t, container_init_t, container_kvm_t, got "spc_t"',
    'Deployment/dev-orders spec.template.spec.securityContext.seLinuxOptions.user: the pod sets an SELinux user; remove it',
    'Deployment/dev-orders spec.template.spec.securityContext.seLinuxOptions.role: the pod sets an SELinux role; remove it',
    'Deployment/dev-orders spec.template.spec.securityContext.seLinuxOptions.type: the pod has an SELinux type that is not allowed; write one of: container_t, container_init_t, container_kvm_t, got "container_engine_t"',
  ]);
});
