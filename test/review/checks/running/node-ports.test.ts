import { expect, test } from '@jest/globals';
import { nodePorts } from '../../../../src/review/checks/running/node-ports.ts';
import { findings, service } from '../small-objects.ts';

const nodePort = (port: object) => service('dev-orders-svc', { type: 'NodePort', ports: [port] });

test('accepts a node port that is written as one', () => {
  expect(
    findings(nodePorts, [
      nodePort({ port: 80, nodePort: 30080 }),
      nodePort({ port: 30080, nodePort: 30080 }),
      service('dev-other', { ports: [{ port: 30080 }] }),
    ]),
  ).toEqual([]);
});

test('fails on a number of the node range that is only the port of the Service', () => {
  expect(findings(nodePorts, [nodePort({ port: 30080 })])).toEqual([
    "Service/dev-orders-svc spec.ports[0].nodePort: the port 30080 looks like a node port, but the node's port is another; write it as nodePort too, or write the program's own port as port",
  ]);
});
