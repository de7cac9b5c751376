import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { listAt, textAt } from '../../../src/objects/fields-at.ts';
import { movedFromPrivate } from '../../model/moved-by-kargo.ts';
import { until } from '../../support/cluster.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { look } from './asked.ts';
import { playLogin, type PlayedLogin } from './played-login.ts';
import { all, apply, applySecrets, live, pushTo, registry } from './world.ts';

const namespace = 'shop-private';
const images = ['orders', 'payments'];

let login: PlayedLogin;
let delivery: Delivery;

/** What Kargo made of what it found. */
const freights = async (): Promise<readonly (readonly string[])[]> =>
  (await all('freights.kargo.akuity.io', namespace)).map((it) =>
    listAt(it, 'images')
      .map((image) => `${textAt(image, 'repoURL')}:${textAt(image, 'tag')}`)
      .sort(),
  );

const signIn = (password: string): Promise<void> =>
  applySecrets(delivery, {
    githubAppClientID: 'made-up-client',
    githubAppInstallationID: '1',
    githubAppPrivateKey: 'made-up-key',
    username: 'kargo',
    password,
  });

beforeAll(async () => {
  login = await playLogin(registry, 'kargo', 'the-right-word');
  const [polled] = movedFromPrivate;
  delivery = withToolchains(
    JSON.parse(
      JSON.stringify(polled).replaceAll('"shop-tools"', `"${namespace}"`).replaceAll('"acme/', `"${login.host}/acme/`),
    ) as Delivery,
  );
  for (const image of images) await pushTo(`${registry}/acme/${image}`, 'v1.1.0');
  const { objects } = rendered(delivery, 'tools', { images: {} });
  const byKind = (kind: string): readonly KubernetesObject[] =>
    objects.map(({ object }) => object).filter((it) => it.kind === kind);
  await apply(byKind('Namespace'));
  await signIn('another-word');
  await apply(byKind('Project'));
  await until('the Project is ready', 60, async () => {
    const project = await live('projects.kargo.akuity.io', namespace, namespace);
    const ready = listAt(project, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
    return textAt(ready, 'status') === 'True' ? true : undefined;
  });
  await apply(byKind('Warehouse'));
});

afterAll(() => login.stop());

describe('a registry that shows its images to nobody who has not logged in', () => {
  test('fails to be looked into with another password, and nothing is made of it', async () => {
    const said = await until('Kargo says that it may not look', 60, async () => {
      const text = JSON.stringify((await live('warehouses.kargo.akuity.io', 'images', namespace))?.['status'] ?? {});
      return text.includes('401') ? text : undefined;
    });

    expect(said).toMatch(/401|UNAUTHORIZED/i);
    expect(login.seen.answered).toBe(0);
    expect(await freights()).toEqual([]);
  });

  test('is looked into with what the Secret of the toolchain holds', async () => {
    await signIn('the-right-word');
    await look('warehouses.kargo.akuity.io', 'images', namespace);

    expect(await until('it is found', 60, async () => (await freights())[0])).toEqual(
      images.map((image) => `${login.host}/acme/${image}:v1.1.0`),
    );
    expect(login.seen.answered).toBeGreaterThan(0);
  });
});
