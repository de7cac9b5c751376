import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run, scratchFolder, startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { scriptsUnderTest } from '../../support/postgres-scripts.ts';

const { user, database, probes } = scriptsUnderTest();

let scratch = '';
let server: PostgresServer;

beforeAll(async () => {
  scratch = await scratchFolder();
  server = await startPostgres(scratch, user, database);
});

afterAll(async () => {
  await rm(scratch, { recursive: true });
});

/** Which probes say yes. The container's environment has the port and no password. */
async function yes(): Promise<string[]> {
  const answers: string[] = [];
  for (const name of ['startup', 'readiness', 'liveness'] as const) {
    const { exitCode, stderr } = await run(probes[name], { env: { PGPORT: server.env['PGPORT']! } });
    expect(stderr).toBe('');
    if (exitCode === 0) answers.push(name);
  }
  return answers;
}

describe('the probes of a real server', () => {
  test('all say yes when it takes connections', async () => {
    expect(await yes()).toEqual(['startup', 'readiness', 'liveness']);
  });

  test('say no while it answers on its socket alone, as the image lets it while it runs the init SQL', async () => {
    await server.stop();
    await server.restart({ listens: false });

    expect(await yes()).toEqual([]);
  });

  test('say no when it is gone', async () => {
    await server.stop();

    expect(await yes()).toEqual([]);
  });

  test('only liveness says yes while it is up and refuses connections, as during recovery', async () => {
    await server.restart();
    const client = await server.hold(database);
    // A shutdown that waits for its clients refuses new ones with the same answer as a recovery does.
    await server.refuse();

    expect(await yes()).toEqual(['liveness']);
    await server.stop();
    await client.outcome;
  });
});
