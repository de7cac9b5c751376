import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { LackingCredential } from '../../../src/hosts/workflow/lacking-credential.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import {
  environmentOfLogins,
  loginSteps,
  registryLogins,
  registryPermission,
} from '../../../src/hosts/workflow/registry-logins.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const push = (name: string, change: Partial<Credential> = {}, environment: string | null = 'build'): Credential => ({
  name,
  purpose: 'registryPush',
  holder: 'the build job',
  store: {
    kind: 'githubActions',
    repository: 'shop',
    ...(environment === null ? {} : { environment }),
    keys: [`${name.toUpperCase()}_TOKEN`, `${name.toUpperCase()}_USERNAME`],
  },
  scope: 'push',
  ...change,
});
const runToken: Credential = {
  ...push('run'),
  store: { kind: 'githubActions', repository: 'shop', keys: ['GITHUB_TOKEN'] },
};

const both = ['acme/orders', 'ghcr.io/acme/payments'];
const loginsWith = (credentials: readonly Credential[], images: readonly string[]) => {
  const delivery: Delivery = { ...validDelivery(), credentials };
  const [shop] = delivery.repositories;
  return registryLogins(delivery, shop!, 'build', images);
};
const chosen = (credentials: readonly Credential[], images: readonly string[]): readonly string[] =>
  loginsWith(credentials, images).map(({ host, credential }) => `${host}: ${credential.name}`);

describe('the logins of a job that pushes', () => {
  test('are one for each host, with the credential that is for it', () => {
    const credentials = [push('ghcr', { registry: 'ghcr.io' }), push('hub', { registry: 'docker.io' })];

    expect(chosen(credentials, [...both, 'acme/other'])).toEqual(['docker.io: hub', 'ghcr.io: ghcr']);
  });

  test('take the credential that is for none in particular for the one host that is left', () => {
    expect(chosen([push('any'), push('ghcr', { registry: 'ghcr.io' })], both)).toEqual([
      'docker.io: any',
      'ghcr.io: ghcr',
    ]);
    expect(chosen([push('any'), runToken], both)).toEqual(['docker.io: any', 'ghcr.io: run']);
    expect(chosen([push('any')], ['quay.io/acme/orders'])).toEqual(['quay.io: any']);
  });

  test('find a credential outside of any GitHub environment, and one of the job before it', () => {
    expect(chosen([runToken], ['ghcr.io/acme/orders'])).toEqual(['ghcr.io: run']);
    expect(environmentOfLogins(loginsWith([runToken], ['ghcr.io/acme/orders']))).toEqual({});
    expect(chosen([push('all', {}, null), push('own')], ['acme/orders'])).toEqual(['docker.io: own']);
    expect(environmentOfLogins(loginsWith([push('own')], ['acme/orders']))).toEqual({ environment: 'build' });
  });

  test('read the name of the account as a variable and its password as a secret, in whatever order the keys are', () => {
    expect(loginSteps(loginsWith([push('hub')], ['acme/orders'])).map((step) => 'with' in step && step.with)).toEqual([
      { username: '${{ vars.HUB_USERNAME }}', password: '${{ secrets.HUB_TOKEN }}' },
    ]);
  });

  test('name every registry but Docker Hub, whose name is the action’s own default, and the run’s own token where that is it', () => {
    const credentials = [push('hub', { registry: 'docker.io' }), push('quay', { registry: 'quay.io' }), runToken];
    const steps = loginSteps(loginsWith(credentials, [...both, 'quay.io/acme/chart']));

    expect(steps.map(({ name }) => name)).toEqual(['Log in to the registry', 'Log in to ghcr.io', 'Log in to quay.io']);
    expect(steps.map((step) => 'with' in step && step.with)).toEqual([
      { username: '${{ vars.HUB_USERNAME }}', password: '${{ secrets.HUB_TOKEN }}' },
      { registry: 'ghcr.io', username: '${{ github.actor }}', password: '${{ secrets.GITHUB_TOKEN }}' },
      { registry: 'quay.io', username: '${{ vars.QUAY_USERNAME }}', password: '${{ secrets.QUAY_TOKEN }}' },
    ]);
    expect(registryPermission(loginsWith(credentials, both))).toEqual({ packages: 'write' });
    expect(registryPermission(loginsWith([push('hub')], ['acme/orders']))).toEqual({});
  });

  test('fails where nothing is for a registry, and where one password would go to two', () => {
    expect(() => loginsWith([], ['acme/orders'])).toThrow(LackingCredential);
    expect(() => loginsWith([push('any')], both)).toThrow('push to docker.io and log in there with nothing');
    expect(() => loginsWith([runToken], ['acme/orders'])).toThrow('push to docker.io');
    expect(() => loginsWith([push('other', {}, 'nightly')], ['acme/orders'])).toThrow('push to docker.io');
  });

  test('fails with every registry that lacks one, beside the other credentials that workflows lack', () => {
    const bare: Delivery = {
      ...validDelivery(),
      artifacts: validDelivery().artifacts.map((artifact, i) => ({ ...artifact, repository: both[i] ?? '' })),
      credentials: [],
    };
    const messages = lackingCredentials(bare).map(({ path, message }) => `${path}: ${message}`);

    for (const environment of ['build', 'prod'])
      for (const host of ['docker.io', 'ghcr.io'])
        expect(messages).toContain(
          `credentials: the workflows of shop push to ${host} and log in there with nothing; ` +
            `add { purpose: 'registryPush', registry: '${host}', store: { kind: 'githubActions', repository: 'shop', environment: '${environment}', … } }`,
        );
    expect(messages).toHaveLength(8);
  });
});
