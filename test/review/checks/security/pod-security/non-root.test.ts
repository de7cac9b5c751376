import { expect, test } from '@jest/globals';
import { nonRoot } from '../../../../../src/review/checks/security/pod-security/non-root.ts';
import { container, deployment, findings } from '../../small-objects.ts';

const says = (runAsNonRoot?: boolean) => ({ securityContext: { runAsNonRoot } });

test('accepts the word of the pod, or of each container', () => {
  expect(findings(nonRoot, [deployment('dev-orders', { ...says(true), containers: [container(says())] })])).toEqual([]);
  expect(findings(nonRoot, [deployment('dev-orders', { ...says(), containers: [container(says(true))] })])).toEqual([]);
});

test('fails where nobody says it', () => {
  expect(findings(nonRoot, [deployment('dev-orders', { ...says(), containers: [container(says())] })])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.runAsNonRoot: container "orders" does not say that it never runs as root; write true here or for the pod',
  ]);
});

test('fails where one contradicts', () => {
  expect(
    findings(nonRoot, [deployment('dev-orders', { ...says(true), containers: [container(says(false))] })]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.runAsNonRoot: container "orders" may run as root; write true',
  ]);
});
