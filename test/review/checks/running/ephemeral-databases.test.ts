import { expect, test } from '@jest/globals';
import { ephemeralDatabases } from '../../../../src/review/checks/running/ephemeral-databases.ts';
import { container, cronJob, deployment, findings, mounting, statefulSet } from '../small-objects.ts';

const server = { containers: [container({ name: 'db', image: 'docker.io/bitnami/postgresql:17' })] };

test('accepts a server with a claim or a claim template, a throw-away server in a job, and other programs', () => {
  const claimed = { ...mounting('dev-data'), containers: [container({ image: 'postgres:18.1-trixie' })] };

  expect(
    findings(ephemeralDatabases, [
      statefulSet('dev-db', server),
      deployment('dev-other', claimed),
      cronJob('dev-drill', server),
      deployment('dev-orders'),
    ]),
  ).toEqual([]);
});

test('fails on a server without a claim', () => {
  expect(findings(ephemeralDatabases, [deployment('dev-db', server)])).toEqual([
    'Deployment/dev-db spec.template.spec.volumes: container "db" is a database server without a claim, and loses its data at each restart; mount one where it writes',
  ]);
});
