import { expect, test } from '@jest/globals';
import { unusedClaims } from '../../../../../src/review/checks/references/pods/unused-claims.ts';
import { claim, deployment, findings, mounting } from '../../small-objects.ts';

test('accepts a claim that a pod mounts', () => {
  expect(findings(unusedClaims, [claim('dev-uploads'), deployment('dev-orders', mounting('dev-uploads'))])).toEqual([]);
});

test('fails on a claim that no pod mounts', () => {
  expect(findings(unusedClaims, [claim('dev-uploads'), deployment('dev-orders')])).toEqual([
    'PersistentVolumeClaim/dev-uploads: no pod mounts the claim "dev-uploads"; mount it where the data is written, or remove it',
  ]);
});
