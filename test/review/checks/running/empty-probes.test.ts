import { expect, test } from '@jest/globals';
import { emptyProbes } from '../../../../src/review/checks/running/empty-probes.ts';
import { findings, withContainer } from '../small-objects.ts';

const asks = (...command: readonly string[]) => withContainer({ readinessProbe: { exec: { command } } });

test.each([
  [['true']],
  [['/bin/echo', 'ok']],
  [['sh', '-c', 'echo ok']],
  [['/bin/sh', '-c', 'exit 0']],
  [['sh', '-c', ':']],
  [['sh', '-c', 'curl -f http://localhost/ || true']],
  [['sh', '-c', 'curl -f http://localhost/; echo done;']],
  [['bash', '-lc', 'date && echo ok']],
  [['sh', '-c', 'sleep 1\nexit']],
])('fails on %j, which never fails', (command) => {
  expect(findings(emptyProbes, [asks(...command)])).toEqual([
    `Deployment/dev-orders spec.template.spec.containers[0].readinessProbe.exec.command: never fails, so it says nothing; ask the program itself, got ${JSON.stringify(command)}`,
  ]);
});

test.each([
  [['pg_isready']],
  [['python3', '-c', 'echo']],
  [['sh', '-c', 'curl -f http://localhost/']],
  [['sh', '-c', 'pg_isready && echo ok']],
  [['sh', '-c', 'test -f /ready || exit 1']],
  [['sh', '-ec', 'pg_isready; echo ok']],
  [['sh', '-c', 'set -eu\npg_isready\necho ok']],
  [['sh', '-c', 'echo PING | nc localhost 4222 | grep PONG']],
])('accepts %j, which can fail', (command) => {
  expect(findings(emptyProbes, [asks(...command)])).toEqual([]);
});

test('fails on each kind of probe', () => {
  const exec = { exec: { command: ['true'] } };

  expect(
    findings(emptyProbes, [withContainer({ readinessProbe: exec, livenessProbe: exec, startupProbe: exec })]),
  ).toHaveLength(3);
});
