import { expect, test } from '@jest/globals';
import { procMount } from '../../../../../src/review/checks/security/pod-security/proc-mount.ts';
import { findings, withContainer } from '../../small-objects.ts';

test('accepts the default', () => {
  expect(
    findings(procMount, [withContainer({ securityContext: { procMount: 'Default' } }), withContainer({})]),
  ).toEqual([]);
});

test('fails on a /proc that hides nothing', () => {
  expect(findings(procMount, [withContainer({ securityContext: { procMount: 'Unmasked' } })])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].securityContext.procMount: container "orders" sees hidden parts of /proc; write "Default" or nothing, got "Unmasked"',
  ]);
});
