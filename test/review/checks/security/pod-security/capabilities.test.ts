import { expect, test } from '@jest/globals';
import { capabilities } from '../../../../../src/review/checks/security/pod-security/capabilities.ts';
import { deployment, findings, withContainer } from '../../small-objects.ts';

const given = (capabilities: object) => withContainer({ securityContext: { capabilities } });

test('accepts a container without capabilities, the one for low ports back, and Windows, which has none', () => {
  expect(findings(capabilities, [given({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] })])).toEqual([]);
  expect(
    findings(capabilities, [deployment('dev-orders', { os: { name: 'windows' }, containers: [{ name: 'orders' }] })]),
  ).toEqual([]);
});

test('fails on a container that keeps capabilities', () => {
  expect(findings(capabilities, [given({ drop: ['NET_RAW'] })])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.capabilities.drop: container "orders" keeps capabilities that it does not need; write ["ALL"]',
  ]);
});

test('fails on a container that adds others', () => {
  expect(findings(capabilities, [given({ drop: ['ALL'], add: ['NET_ADMIN', 'NET_BIND_SERVICE', 'CHOWN'] })])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.capabilities.add: container "orders" adds capabilities; only NET_BIND_SERVICE may be added, got NET_ADMIN, CHOWN',
  ]);
});
