import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { listAt, textAt } from '../../../src/objects/fields-at.ts';
import { movedFromPrivate } from '../../model/moved-by-kargo.ts';
import { until } from '../../support/cluster.ts';
import { freePort } from '../../support/free-port.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { apply, applySecrets, live } from './world.ts';

const [, told] = movedFromPrivate.map((it) => withToolchains(it));
const delivery = told!;
const { namespace } = environmentOf(delivery, 'tools');
const refresh = 'kargo.akuity.io/refresh';

let server: ChildProcess;
let address: string;

/** What Docker Hub says of an image that was pushed. */
const tell = (path: string, repository: string): Promise<Response> =>
  fetch(`${address}${path}`, {
    method: 'POST',
    body: JSON.stringify({ push_data: { tag: 'v1.1.0' }, repository: { repo_name: repository } }),
  });

const lookedAt = async (): Promise<string> =>
  textAt(await live('warehouses.kargo.akuity.io', 'images', namespace), 'metadata', 'annotations', refresh);

beforeAll(async () => {
  const { objects } = rendered(delivery, 'tools', { images: {} });
  const byKind = (...kinds: readonly string[]): readonly KubernetesObject[] =>
    objects.map(({ object }) => object).filter(({ kind }) => kinds.includes(kind));
  await apply(byKind('Namespace'));
  await applySecrets(delivery, {
    githubAppClientID: 'made-up-client',
    githubAppInstallationID: '1',
    githubAppPrivateKey: 'made-up-key',
    secret: 'made-up-secret',
    username: 'somebody',
    password: 'made-up-password',
  });
  await apply(byKind('Project'));
  await until('the Project is ready', 60, async () => {
    const project = await live('projects.kargo.akuity.io', namespace, namespace);
    const ready = listAt(project, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
    return textAt(ready, 'status') === 'True' ? true : undefined;
  });
  await apply(byKind('ProjectConfig', 'Warehouse'));
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  server = spawn('kargo', ['external-webhooks-server'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      BIND_ADDRESS: '127.0.0.1',
      PORT: String(port),
      EXTERNAL_WEBHOOK_SERVER_BASE_URL: address,
      GRACEFUL_SHUTDOWN_TIMEOUT: '0s',
    },
  });
  await until('the server answers', 60, () => fetch(`${address}/healthz`).catch(() => undefined));
});

afterAll(() => {
  server.kill();
});

describe('a registry that tells Kargo what was pushed', () => {
  test('has the Warehouse look at once, by the address that its secret makes, and nothing else does', async () => {
    const path = await until('an address', 60, async () => {
      const config = await live('projectconfigs.kargo.akuity.io', namespace, namespace);
      const made = textAt(config, 'status', 'webhookReceivers', 0, 'path');
      return made === '' ? undefined : made;
    });

    expect((await tell('/webhooks/dockerhub/guessed', 'acme/orders')).status).toBe(404);
    expect((await tell(path, 'acme/unknown')).status).toBe(200);
    expect(await lookedAt()).toBe('');
    expect((await tell(path, 'acme/orders')).status).toBe(200);
    expect(await lookedAt()).not.toBe('');
  });
});
