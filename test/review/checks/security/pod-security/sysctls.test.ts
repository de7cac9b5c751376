import { expect, test } from '@jest/globals';
import { sysctls } from '../../../../../src/review/checks/security/pod-security/sysctls.ts';
import { deployment, findings } from '../../small-objects.ts';

const set = (name: string) => deployment('dev-orders', { securityContext: { sysctls: [{ name, value: '1' }] } });

test("accepts settings that are the pod's own", () => {
  expect(findings(sysctls, [set('net.ipv4.ip_unprivileged_port_start'), set('net.ipv4.tcp_keepalive_time')])).toEqual(
    [],
  );
});

test('fails on a setting that reaches other pods, and on one that the oldest Kubernetes line does not allow', () => {
  expect(findings(sysctls, [set('kernel.msgmax'), set('net.ipv4.tcp_rmem')])).toEqual([
    'Deployment/dev-orders spec.template.spec.securityContext.sysctls[0].name: the kernel setting kernel.msgmax may reach other pods; remove it',
    'Deployment/dev-orders spec.template.spec.securityContext.sysctls[0].name: the kernel setting net.ipv4.tcp_rmem is allowed from Kubernetes 1.32; remove it, or raise the oldest line, got 1.30',
  ]);
});
