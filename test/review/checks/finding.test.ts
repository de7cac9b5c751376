import { expect, test } from '@jest/globals';
import { compareFindings, describeFinding, FindingsError, type Finding } from '../../../src/review/checks/finding.ts';
import fc from '../../support/properties.ts';

const finding: Finding = {
  check: 'probes',
  environment: 'dev',
  construct: 'dev/shop/orders/workload',
  object: 'Deployment/dev-orders',
  field: 'spec.replicas',
  message: 'must be a whole number, got "two"',
};

test('a finding is one line: where, what and which check', () => {
  expect(describeFinding(finding)).toBe(
    'dev/shop/orders/workload Deployment/dev-orders spec.replicas: must be a whole number, got "two" (probes)',
  );
  expect(describeFinding({ ...finding, construct: '', field: '' })).toBe(
    'Deployment/dev-orders: must be a whole number, got "two" (probes)',
  );
});

test('an error says all findings at once', () => {
  const line =
    '  dev/shop/orders/workload Deployment/dev-orders spec.replicas: must be a whole number, got "two" (probes)';

  expect(new FindingsError('dev', [finding]).message).toBe(
    `portolan: dev cannot be delivered like this (1 finding)\n${line}`,
  );
  expect(new FindingsError('dev', [finding, finding]).message).toBe(
    `portolan: dev cannot be delivered like this (2 findings)\n${line}\n${line}`,
  );
});

test('findings have one order, whatever order they were found in', () => {
  const word = fc.constantFrom('a', 'b', 'B', '');
  const findings = fc.array(
    fc.record({ check: word, environment: word, construct: word, object: word, field: word, message: word }),
  );

  fc.assert(
    fc.property(findings, (list) => {
      expect([...list].reverse().sort(compareFindings)).toEqual([...list].sort(compareFindings));
    }),
  );
});
