import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../../src/model/credential.ts';
import { carriedOutCredentials } from '../../../../src/model/rules/carried-out/carried-out-credentials.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

describe('credentials that something makes', () => {
  test('passes Actions secrets of the delivery, and Secrets of its environments', () => {
    expect(told(carriedOutCredentials, validDelivery())).toEqual([]);
  });

  test('fails for a secret of workflows on a server without any, until that is named as GitHub', () => {
    const delivery = validDelivery();
    const moved = {
      ...delivery,
      repositories: delivery.repositories.map((repository) =>
        repository.name === 'shop' ? { ...repository, url: 'https://git.example.com/acme/shop.git' } : repository,
      ),
    };
    const kept = delivery.credentials.filter(
      ({ store }) => store.kind === 'githubActions' && store.repository === 'shop',
    );

    expect(kept.length).toBeGreaterThan(0);
    expect(told(carriedOutCredentials, moved)).toEqual(
      kept.map(
        ({ name }) =>
          `credentials.${name}.store.repository: is at https://git.example.com/acme/shop.git, which is not on github.com (a GitHub Enterprise server is named by github:baseUrl in Pulumi.platform.yaml): no workflow runs there; keep it elsewhere, or leave it out, got "shop"`,
      ),
    );
    expect(told(carriedOutCredentials, { ...moved, gitHubHost: 'git.example.com' })).toEqual([]);
  });

  test('passes one of an ops repository on a Git server of its own, where no pull request is opened', () => {
    const delivery = validDelivery();
    const ops = delivery.repositories.filter(({ holds }) => holds.join() === 'ops').map(({ name }) => name);
    const [kept] = delivery.credentials.filter(({ store }) => store.kind === 'githubActions');
    const moved = {
      ...delivery,
      repositories: delivery.repositories.map((repository) =>
        ops.includes(repository.name) ? { ...repository, url: 'http://127.0.0.1:3000/ops.git' } : repository,
      ),
      credentials: ops.map((repository) => ({ ...kept!, name: 'verify', store: { ...kept!.store, repository } })),
    };

    expect(ops).toHaveLength(1);
    expect(told(carriedOutCredentials, moved as typeof delivery)).toEqual([]);
  });

  test('fails for a Secret of no environment', () => {
    const delivery = validDelivery();
    const hook: Credential = {
      name: 'hook',
      purpose: 'triggerAuthentication',
      holder: 'the event listener',
      store: { kind: 'kubernetes', secretName: 'hook', keys: ['token'], namespace: 'default' },
      scope: 'proves who calls',
    };

    expect(told(carriedOutCredentials, { ...delivery, credentials: [...delivery.credentials, hook] })).toEqual([
      'credentials.hook.store.kind: is not carried out yet for a credential of the delivery; declare it under the environment whose cluster keeps it, or name a namespace of a toolchain in store.namespace, got "kubernetes"',
    ]);
  });
});
