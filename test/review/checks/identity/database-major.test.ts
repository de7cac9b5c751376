import { expect, test } from '@jest/globals';
import { databaseMajor } from '../../../../src/review/checks/identity/database-major.ts';
import { validDelivery, withDatabase } from '../../../support/valid-delivery.ts';
import { dev, findings, statefulSet } from '../small-objects.ts';

const server = (image: string) => statefulSet('dev-orders-db', { containers: [{ name: 'orders-db', image }] });
const change = (from: string, to: string, delivery = validDelivery()) =>
  findings(databaseMajor, [server(to)], { published: [server(from)], delivery, environment: dev(delivery) });

test('accepts the first server, another minor version, and an upgrade that is declared', () => {
  const upgrading = withDatabase(validDelivery(), 'dev', 'orders-db', (database) => ({
    ...database,
    upgradesFrom: '17',
  }));

  expect(findings(databaseMajor, [server('postgres:18.1-trixie')])).toEqual([]);
  expect(change('postgres:18.1-trixie', 'postgres:18.2-trixie@sha256:aa')).toEqual([]);
  expect(change('postgres:17.6-bookworm', 'postgres:18.1-trixie', upgrading)).toEqual([]);
});

test('fails on another major version, whose server cannot read the data', () => {
  expect(change('postgres:17.6-trixie', 'postgres:18.1-trixie')).toEqual([
    'StatefulSet/dev-orders-db spec.template.spec.containers[0].image: major version 18 cannot read the data of 17; keep 17, or set upgradesFrom: "17" once the data is moved, got postgres:18.1-trixie',
  ]);
});

test('fails on another C library, which breaks the indexes', () => {
  expect(change('postgres:18.1-bookworm', 'postgres:18.1-trixie')).toEqual([
    'StatefulSet/dev-orders-db spec.template.spec.containers[0].image: another C library (trixie) orders text differently and breaks the indexes made with bookworm; keep the code name, got postgres:18.1-trixie',
  ]);
});
