import { expect, test } from '@jest/globals';
import { limits } from '../../../../src/review/checks/running/limits.ts';
import { findings, withContainer } from '../small-objects.ts';

const given = (requests: object, limit: object) => withContainer({ resources: { requests, limits: limit } });

test('accepts limits at or above the requests, in any unit', () => {
  expect(
    findings(limits, [given({ cpu: '1000m', memory: '1Gi' }, { cpu: '1', memory: '1024Mi' }), given({}, { cpu: 1 })]),
  ).toEqual([]);
});

test('fails on a limit below its request', () => {
  expect(findings(limits, [given({ cpu: '500m', memory: '256Mi' }, { cpu: '250m', memory: '256M' })])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].resources.limits.cpu: container "orders" may use less cpu than it asks for; write at least 500m, got 250m',
    'Deployment/dev-orders spec.template.spec.containers[0].resources.limits.memory: container "orders" may use less memory than it asks for; write at least 256Mi, got 256M',
  ]);
});
