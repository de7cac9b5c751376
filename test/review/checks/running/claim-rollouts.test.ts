import { expect, test } from '@jest/globals';
import { claimRollouts } from '../../../../src/review/checks/running/claim-rollouts.ts';
import { claim, container, deployment, findings, mounting, statefulSet } from '../small-objects.ts';

test('accepts Recreate, StatefulSets, and claims that many may write', () => {
  expect(
    findings(claimRollouts, [
      claim('dev-uploads'),
      deployment('dev-orders', mounting('dev-uploads'), { strategy: { type: 'Recreate' } }),
      statefulSet('dev-db'),
    ]),
  ).toEqual([]);
  expect(
    findings(claimRollouts, [
      claim('dev-uploads', { accessModes: ['ReadWriteMany'] }),
      deployment('dev-orders', mounting('dev-uploads')),
    ]),
  ).toEqual([]);
});

test('fails on a rolling update, also the one that nobody wrote down', () => {
  const message =
    'Deployment/dev-orders spec.strategy.type: a rollout runs the old and the new pod at once, and both mount the claim "dev-uploads"; write "Recreate", got "RollingUpdate"';

  expect(findings(claimRollouts, [claim('dev-uploads'), deployment('dev-orders', mounting('dev-uploads'))])).toEqual([
    message,
  ]);
  expect(
    findings(claimRollouts, [
      claim('dev-uploads'),
      deployment('dev-orders', mounting('dev-uploads'), { strategy: { type: 'RollingUpdate' } }),
    ]),
  ).toEqual([message]);
});

test('fails once for a workload that mounts two claims, and for each workload', () => {
  const both = {
    volumes: ['uploads', 'reports'].map((name) => ({ name, persistentVolumeClaim: { claimName: `dev-${name}` } })),
    containers: [container({ volumeMounts: ['uploads', 'reports'].map((name) => ({ name, mountPath: `/${name}` })) })],
  };

  expect(
    findings(claimRollouts, [
      claim('dev-uploads'),
      claim('dev-reports'),
      deployment('dev-orders', both),
      deployment('dev-returns', both),
    ]),
  ).toEqual(
    ['orders', 'returns'].map((name): unknown =>
      expect.stringMatching(`^Deployment/dev-${name} spec.strategy.type: .* mount the claim "dev-uploads"`),
    ),
  );
});
