import { expect, test } from '@jest/globals';
import { exposedDatabases } from '../../../../src/review/checks/security/exposed-databases.ts';
import { container, findings, service, statefulSet } from '../small-objects.ts';

const server = statefulSet('dev-db', { containers: [container({ image: 'postgres:18.1-trixie' })] });
const offering = (type: string, app = 'db') =>
  service(`dev-${app}-svc`, { type, selector: { app }, ports: [{ port: 5432 }] });

test('accepts a database inside of the cluster, and other programs outside of it', () => {
  expect(findings(exposedDatabases, [server, offering('ClusterIP'), offering('LoadBalancer', 'orders')])).toEqual([]);
});

test('fails on a database that every node or a load balancer offers', () => {
  expect(findings(exposedDatabases, [server, offering('NodePort')])).toEqual([
    'Service/dev-db-svc spec.type: offers the database StatefulSet "dev-db" outside of the cluster; write "ClusterIP", got "NodePort"',
  ]);
  expect(findings(exposedDatabases, [server, offering('LoadBalancer')])).toHaveLength(1);
});
