import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { answers, startNats, type NatsServer } from '../../support/nats.ts';
import { RenderedManifests, type RenderedProbe } from '../../support/rendered-project.ts';

const manifests = new RenderedManifests('production');
const nats = manifests.container('Deployment/production-nats', 'nats');
const broadcaster = manifests.container('Deployment/production-broadcaster-dep', 'broadcaster');
const portNamed = (name: string): number => nats.ports!.find((port) => port.name === name)!.containerPort;
/** The file that the container's own command line names. */
const configuration = manifests.fileIn('Deployment/production-nats', 'nats', nats.args!.at(-1)!);
const clientPort = portNamed('client');

let scratch = '';
let server: NatsServer | undefined;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'nats-'));
});

afterAll(async () => {
  await rm(scratch, { recursive: true });
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** What the kubelet makes of an HTTP probe. */
async function httpProbe({ httpGet }: RenderedProbe): Promise<boolean> {
  const port = typeof httpGet!.port === 'number' ? httpGet!.port : portNamed(httpGet!.port);
  const answer = await fetch(`http://127.0.0.1:${port}${httpGet!.path}`, { signal: AbortSignal.timeout(1000) }).catch(
    () => undefined,
  );
  return answer !== undefined && answer.status >= 200 && answer.status < 400;
}

const probes = { startup: nats.startupProbe!, readiness: nats.readinessProbe!, liveness: nats.livenessProbe! };

const verdicts = async () => ({
  startup: await httpProbe(probes.startup),
  readiness: await httpProbe(probes.readiness),
  liveness: await httpProbe(probes.liveness),
});

/** What the kubelet makes of an exec probe of the broadcaster, on a machine where NATS's host name is 127.0.0.1. */
async function broadcasterProbe(probe: 'readinessProbe' | 'startupProbe' | 'livenessProbe'): Promise<boolean> {
  const command = broadcaster[probe]!.exec!.command;
  const [program = '', ...args] = command.map((word) => word.replaceAll('"production-nats-svc"', '"127.0.0.1"'));
  const { exitCode, stdout, stderr } = await execa(program, args, { reject: false });
  expect(stdout + stderr).toBe('');
  return exitCode === 0;
}

/** Somebody listens on NATS's port who is not NATS, or not yet. */
async function listen(answer: (socket: Socket) => void): Promise<Server> {
  const impostor = createServer((socket) => {
    socket.on('error', () => undefined);
    answer(socket);
  }).listen(clientPort, '127.0.0.1');
  await once(impostor, 'listening');
  return impostor;
}

/** A subscriber's connection, as the broadcaster holds one. */
async function subscribe(): Promise<Socket> {
  const socket = createConnection({ host: '127.0.0.1', port: clientPort });
  socket.on('error', () => undefined);
  await once(socket, 'data');
  socket.write('CONNECT {"verbose":false}\r\nSUB production.todos.* 1\r\nPING\r\n');
  await once(socket, 'data');
  return socket;
}

describe('NATS with the rendered configuration', () => {
  test('starts, and listens on the two ports that its container and Service name', async () => {
    server = await startNats(scratch, configuration, clientPort);

    expect(nats.args).toEqual(['nats-server', '--config', '/etc/nats-config/nats.conf']);
    expect(await answers(portNamed('monitor'))).toBe(true);
    expect(manifests.object('Service/production-nats-svc')['spec']).toMatchObject({
      ports: [{ port: clientPort, targetPort: 'client' }],
    });
  });

  test('has probes that say yes while it runs', async () => {
    server = await startNats(scratch, configuration, clientPort);

    expect(await verdicts()).toEqual({ startup: true, readiness: true, liveness: true });
  });

  test('has probes that say no when it is gone', async () => {
    expect(await verdicts()).toEqual({ startup: false, readiness: false, liveness: false });
  });

  test('has probes that say no when its process hangs', async () => {
    server = await startNats(scratch, configuration, clientPort);
    await server.freeze();

    const hung = await verdicts();

    server.thaw();
    expect(hung).toEqual({ startup: false, readiness: false, liveness: false });
  });

  test('fails to start with a line that it does not know', async () => {
    await expect(startNats(scratch, `${configuration}prot: 4222\n`, clientPort)).rejects.toThrow(
      'unknown field "prot"',
    );
  });

  test('fails its probes without the monitoring port', async () => {
    server = await startNats(scratch, configuration.replace(/^http_port:.*\n/m, ''), clientPort);

    expect(await verdicts()).toEqual({ startup: false, readiness: false, liveness: false });
  });
});

describe("the broadcaster's readiness", () => {
  test('says yes with NATS', async () => {
    server = await startNats(scratch, configuration, clientPort);

    expect(await broadcasterProbe('readinessProbe')).toBe(true);
  });

  test('says no without NATS', async () => {
    expect(await broadcasterProbe('readinessProbe')).toBe(false);
  });

  test('says no when somebody else answers on the port', async () => {
    const impostor = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));

    const ready = await broadcasterProbe('readinessProbe');

    impostor.close();
    expect(ready).toBe(false);
  });

  test('says no in time when somebody listens and never answers', async () => {
    const silent = new Set<Socket>();
    const impostor = await listen((socket) => silent.add(socket));

    const ready = await broadcasterProbe('readinessProbe');

    for (const socket of silent) socket.destroy();
    impostor.close();
    expect(ready).toBe(false);
  });
});

describe.each(['startupProbe', 'livenessProbe'] as const)("the broadcaster's %s", (probe) => {
  test('says yes while a connection to NATS is held', async () => {
    server = await startNats(scratch, configuration, clientPort);
    const connection = await subscribe();

    const alive = await broadcasterProbe(probe);

    connection.destroy();
    expect(alive).toBe(true);
  });

  test('says no when NATS answers and no connection is held: the subscription is lost for good', async () => {
    server = await startNats(scratch, configuration, clientPort);
    const connection = await subscribe();
    connection.destroy();
    await once(connection, 'close');

    expect(await broadcasterProbe(probe)).toBe(false);
  });

  test('asks nobody but the pod, so that a NATS that hangs restarts nothing while the connection is held', async () => {
    const silent = new Set<Socket>();
    const impostor = await listen((socket) => silent.add(socket));
    const connection = createConnection({ host: '127.0.0.1', port: clientPort });
    await once(connection, 'connect');

    const alive = await broadcasterProbe(probe);

    for (const socket of [connection, ...silent]) socket.destroy();
    impostor.close();
    expect(alive).toBe(true);
  });
});
