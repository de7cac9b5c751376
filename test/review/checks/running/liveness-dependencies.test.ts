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

const catalogue = service('catalogue', { selector: { app: 'catalogue' } });

test.each([
  ['a database of that name', command('pg_isready --host=127.0.0.1 --username=catalogue --dbname=catalogue')],
  ['the same in short', { exec: { command: ['psql', '-h', 'localhost', '-U', 'catalogue', '-d', 'catalogue'] } }],
  ['the same as one setting', command('psql "host=127.0.0.1 user=catalogue dbname=catalogue"')],
  ['the same as an address', command('psql postgresql://catalogue@localhost/catalogue')],
  ['a path of that name', { httpGet: { path: '/catalogue/health', port: 'http' } }],
  ['a file of that name', command('test -f /run/catalogue')],
])('accepts %s', (_, livenessProbe) => {
  expect(findings(livenessDependencies, [withContainer({ livenessProbe }), catalogue])).toEqual([]);
});

test.each([
  ['an address', command('curl -f http://catalogue/catalogue')],
  ['an address with a port and a user', command('psql postgresql://orders@catalogue:5432/orders')],
  ['an option', command('pg_isready --dbname=orders --host=catalogue')],
  ['a word', { exec: { command: ['nc', '-z', 'catalogue', '5432'] } }],
  ['an address in a query', { httpGet: { path: '/check?url=http://catalogue/', port: 'http' } }],
  ['a host', { tcpSocket: { host: 'catalogue', port: 5432 } }],
])('fails on a neighbour that is named as %s', (_, livenessProbe) => {
  expect(findings(livenessDependencies, [withContainer({ livenessProbe }), catalogue])).toHaveLength(1);
});
