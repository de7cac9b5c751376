import { expect, test } from '@jest/globals';
import { probeCommands, type ProbeCommandsProps } from '../../../../src/databases/postgresql/scripts/probe-commands.ts';

const asks = ['pg_isready', '--quiet', '--host=127.0.0.1', '--username=orders', '--dbname=orders-dev'];

test('the probes ask over TCP, with the user and the database of the server', () => {
  expect(probeCommands({ user: 'orders', database: 'orders-dev' })).toEqual({
    startup: [...asks, '--timeout=3'],
    readiness: [...asks, '--timeout=3'],
    liveness: ['sh', '-c', '"$@"; [ "$?" -le 1 ]', 'sh', ...asks, '--timeout=3'],
  });
});

test('the probes wait as long as they are told', () => {
  const all: Required<ProbeCommandsProps> = { user: 'orders', database: 'orders-dev', timeoutSeconds: 8 };

  expect(probeCommands(all).readiness).toContain('--timeout=8');
});
