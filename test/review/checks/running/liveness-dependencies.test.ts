import { expect, test } from '@jest/globals';
import { livenessDependencies } from '../../../../src/review/checks/running/liveness-dependencies.ts';
import { findings, service, withContainer } from '../small-objects.ts';

const neighbour = service('dev-db-svc', { selector: { app: 'db' } });
const command = (text: string) => ({ exec: { command: ['sh', '-c', text] } });

test('accepts a liveness probe that asks its own pod, and a readiness probe that asks a neighbour', () => {
  const pod = withContainer({
    livenessProbe: command('curl -f http://dev-orders-svc/'),
    readinessProbe: command('pg_isready -h dev-db-svc'),
  });

  expect(findings(livenessDependencies, [pod, neighbour, service('dev-orders-svc')])).toEqual([]);
});

test('fails on a liveness probe that asks a neighbour', () => {
  expect(
    findings(livenessDependencies, [
      withContainer({ livenessProbe: command('pg_isready -h dev-db-svc.dev') }),
      neighbour,
    ]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].livenessProbe: asks Service "dev-db-svc", so that an outage there restarts this pod; ask the container itself, and the neighbour in the readiness probe',
  ]);
});
