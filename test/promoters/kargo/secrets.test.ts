import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../src/model/credential.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { neededIn, readAs } from '../../../src/render/tools.ts';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import { imageLogin, movedFromPrivate } from '../../model/moved-by-kargo.ts';
import { movedByKargo, pushing, withKargo } from '../../support/moved-by-kargo.ts';
import '../../support/patience.ts';

/** It, where the registry shows its images to nobody who has not logged in. */
function withLogin(change: Partial<Credential['store']> = {}): Delivery {
  const delivery = movedByKargo({ supply: { discovery: { kind: 'registryPoll', login: imageLogin.name } } });
  const login: Credential = { ...imageLogin, store: { ...imageLogin.store, ...change } as Credential['store'] };
  return { ...delivery, credentials: [...delivery.credentials, login] };
}

describe('what Kargo asks a registry with', () => {
  test('is in a Secret that it finds by the addresses of exactly the images that are looked for', () => {
    const delivery = withToolchains(withLogin());
    const place = environmentOf(delivery, 'tools');
    const [, login] = neededIn(delivery, place, 'tools').secrets;
    const { repoURL = '' } = login?.fields ?? {};

    expect(movedFromPrivate.flatMap((it) => problemsOf(it))).toEqual([]);
    expect(findings(delivery)).toEqual([]);
    expect(login).toEqual({
      purpose: 'registryRead',
      secretName: 'shop-images',
      namespace: 'shop-tools',
      keys: ['username', 'password'],
      labels: { 'kargo.akuity.io/cred-type': 'image' },
      fields: { repoURL: '^(?:acme/orders|acme/payments)$', repoURLIsRegex: 'true' },
    });
    expect(
      ['acme/orders', 'acme/payments', 'acme/orders-old', 'evil/acme/orders'].map((one) =>
        new RegExp(repoURL).test(one),
      ),
    ).toEqual([true, true, false, false]);
  });

  test('says the one address as it is, where there is one image', () => {
    const delivery = withToolchains(withLogin());
    const one = { ...delivery, artifacts: delivery.artifacts.filter(({ name }) => name === 'orders') };

    expect(neededIn(one, environmentOf(one, 'tools'), 'tools').secrets[1]?.fields).toEqual({ repoURL: 'acme/orders' });
  });

  test('fails where it is kept elsewhere, is for another purpose, or is not declared', () => {
    const said = (delivery: Delivery): readonly string[] => problemsOf(delivery).map(describeProblem);
    const undeclared = withLogin();

    expect(said(withLogin({ namespace: 'elsewhere' }))).toContain(
      'supplies.images.discovery.login: must be one that Kargo finds, kept as { kind: "kubernetes", namespace: "shop-tools", … }, got "images"',
    );
    expect(
      said({
        ...undeclared,
        credentials: undeclared.credentials.map((it) => (it.name === 'images' ? { ...it, purpose: 'webhook' } : it)),
      }),
    ).toContain(
      'supplies.images.discovery.login: must be for the purpose "registryRead", and images is for another, got "webhook"',
    );
    expect(
      said({ ...undeclared, credentials: undeclared.credentials.filter(({ name }) => name !== 'images') }).join('\n'),
    ).toContain('supplies.images.discovery.login: ');
    expect(findings(withToolchains(withLogin({ keys: ['.dockerconfigjson'] })))).toContain(
      'Secret/shop-images  (tool-needs)',
    );
  });
});

describe('what a registry proves itself by', () => {
  test('is a Secret with one key that the receiver names, beside what the registry is asked with, and no check finds anything', () => {
    const [, told] = movedFromPrivate.map(withToolchains);
    const place = environmentOf(told!, 'tools');
    const { objects } = rendered(told!, 'tools', { images: {} });
    const config = objects.find(({ object }) => object.kind === 'ProjectConfig')?.object;

    expect(findings(told!)).toEqual([]);
    expect(fieldAt(config, 'spec', 'webhookReceivers')).toEqual([
      { name: 'dockerhub-shop-hook', dockerhub: { secretRef: { name: 'shop-hook' } } },
    ]);
    expect(
      neededIn(told!, place, 'tools').secrets.map(({ secretName, keys, labels }) => [secretName, keys, labels]),
    ).toEqual([
      ['kargo-ops', pushing.store.keys, { 'kargo.akuity.io/cred-type': 'git' }],
      ['shop-hook', ['secret'], { 'kargo.akuity.io/cred-type': 'generic' }],
      ['shop-images', ['username', 'password'], { 'kargo.akuity.io/cred-type': 'image' }],
    ]);
  });
});

describe('what Kargo pushes with', () => {
  test('is an app of GitHub in a Secret that Kargo finds by its label and its address, once for all stages', () => {
    const delivery = withKargo();
    const place = environmentOf(delivery, 'tools');

    expect(neededIn(delivery, place, 'tools').secrets).toEqual([
      {
        purpose: 'gitPush',
        secretName: 'kargo-ops',
        namespace: 'shop-tools',
        keys: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
        labels: { 'kargo.akuity.io/cred-type': 'git' },
        fields: { repoURL: 'https://github.com/acme/shop-ops.git' },
      },
    ]);
    expect(readAs(delivery, place, pushing)?.secretName).toBe('kargo-ops');
  });

  test('is a name and a password where the repository is on no GitHub', () => {
    const delivery = withKargo();
    const repositories = delivery.repositories.map((it) => ({ ...it, url: 'https://git.example/acme/shop-ops.git' }));
    const elsewhere = { ...delivery, repositories };

    expect(neededIn(elsewhere, environmentOf(elsewhere, 'tools'), 'tools').secrets).toMatchObject([
      { keys: ['username', 'password'] },
    ]);
  });

  test('fails where no credential declares it with the keys that Kargo reads', () => {
    const delivery = withKargo();
    const short = { ...pushing, store: { ...pushing.store, keys: ['githubAppPrivateKey'] } };
    const credentials = delivery.credentials.map((it) => (it === pushing ? short : it));
    const environments = delivery.environments.map((it) => ({
      ...it,
      credentials: it.credentials.map((each) => (each === pushing ? short : each)),
    }));

    expect(findings({ ...delivery, credentials, environments })).toContain('Secret/kargo-ops  (tool-needs)');
  });
});
