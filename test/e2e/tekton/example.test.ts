import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { timeout } from '../../support/long-enough.ts';
import {
  apart,
  apply,
  applyOnceAnswered,
  kubectl,
  removeFollowers,
  stored,
  toolchainOf,
  withNamespaceOfArgoCD,
  withoutFinalizers,
} from '../../support/strict-server.ts';
import { sample } from '../../examples/go-sample-app/example.ts';
import { howTo, ofTekton } from './world.ts';

const delivery = withToolchains(apart(sample()));
const places = delivery.environments.map(({ name }) => [name, toolchainOf(delivery, name)] as const);
const namespaces = delivery.environments.map(({ namespace }) => namespace);

async function clear(): Promise<void> {
  await removeFollowers(places.flatMap(([, objects]) => objects));
  await kubectl('delete', 'namespace', ...namespaces, '--ignore-not-found', timeout(60));
}

beforeAll(async () => {
  if ((process.env['KUBECONFIG'] ?? '') === '' || process.env['PORTOLAN_E2E'] !== 'throw-away') throw new Error(howTo);
  await clear();
  await withNamespaceOfArgoCD();
});

afterAll(clear);

describe.each(places)('examples/go-sample-app, as a strict API server sees it: %s', (_, objects) => {
  test('is taken, every object of it, and what is of Tekton comes back as it was rendered', async () => {
    expect(objects.length).toBeGreaterThan(5);
    expect(await apply(objects.filter(({ kind }) => kind === 'Namespace'))).toMatchObject({ exitCode: 0, said: '' });
    const { exitCode, said } = await applyOnceAnswered(objects);

    expect([exitCode, withoutFinalizers(said)]).toEqual([0, '']);
    for (const object of ofTekton(objects)) expect(await stored(object)).toEqual(object);
  });
});
