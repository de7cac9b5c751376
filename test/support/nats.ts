import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';

/** A NATS server that runs, with the ports of its own configuration. */
export interface NatsServer {
  readonly stop: () => Promise<void>;
  /** Keeps the server's process from answering anything, as an overloaded node does, until it is stopped or continued. */
  readonly freeze: () => Promise<void>;
  readonly thaw: () => void;
}

/**
 * Starts the Debian package's `nats-server` with a configuration file and waits until its client port answers.
 *
 * @throws when it is not installed, or ends at once, with what it wrote
 */
export async function startNats(scratch: string, configuration: string, clientPort: number): Promise<NatsServer> {
  const file = path.join(scratch, 'nats.conf');
  await writeFile(file, configuration);
  await requireNats();
  if (await answers(clientPort))
    throw new Error(`something else listens on 127.0.0.1:${clientPort}, which the rendered configuration asks for`);
  const child = spawn('nats-server', ['--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (written += text.toString()));
  const end = Date.now() + 20_000;
  while (!(await answers(clientPort))) {
    if (child.exitCode !== null || Date.now() > end) {
      child.kill('SIGKILL');
      throw new Error(`nats-server does not listen on port ${clientPort}: ${written}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { stop: () => stop(child), freeze: () => freeze(child), thaw: () => child.kill('SIGCONT') };
}

/** Stops every thread of a process. A signal takes its time to reach all of them, and one that still runs would answer. */
async function freeze(child: ChildProcess): Promise<void> {
  child.kill('SIGSTOP');
  const tasks = `/proc/${child.pid}/task`;
  const end = Date.now() + 10_000;
  while (!readdirSync(tasks).every((task) => isStopped(path.join(tasks, task, 'stat')))) {
    if (Date.now() > end) throw new Error('nats-server does not stop');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Whether a thread is stopped, or gone. */
function isStopped(stat: string): boolean {
  try {
    // The state follows the name, which is in brackets.
    return readFileSync(stat, 'utf8').includes(') T ');
  } catch {
    return true;
  }
}

async function requireNats(): Promise<void> {
  const { failed } = await execa('nats-server', ['--version'], { reject: false });
  if (failed) throw new Error('this test needs the program nats-server; on Debian: apt-get install nats-server');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Whether somebody accepts connections on a port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
