import { describe, expect, test } from '@jest/globals';
import * as pulumi from '@pulumi/pulumi';
import type { Credential } from '../../src/model/credential.ts';
import { StackSecrets, giveLine, readStackSecrets, secretProblems } from '../../src/pulumi/stack-secrets.ts';

const webhook: Credential = {
  name: 'webhook',
  purpose: 'webhook',
  holder: 'orders',
  scope: 'posts',
  store: { kind: 'kubernetes', secretName: 'webhook', keys: ['url'] },
};
const registry: Credential = {
  name: 'registry',
  purpose: 'registryPush',
  holder: 'build',
  scope: 'pushes',
  store: { kind: 'githubActions', repository: 'shop', keys: ['USER', 'TOKEN'] },
};
const app: Credential = {
  name: 'app',
  purpose: 'gitPush',
  holder: 'promoter',
  scope: 'writes',
  store: { kind: 'githubActions', repository: 'shop', keys: ['X_APP_ID', 'X_PRIVATE_KEY'] },
};
const argo: Credential = {
  name: 'argo',
  purpose: 'gitRead',
  holder: 'Argo CD',
  scope: 'reads',
  store: { kind: 'kubernetes', secretName: 'argo', keys: ['password', 'url', 'username'] },
};
const password: Credential = { ...webhook, name: 'password', purpose: 'database', origin: 'generated' };

/** Runs with the configuration of one stack, as the engine hands it over. */
async function configured(config: Readonly<Record<string, string>>): Promise<void> {
  await pulumi.runtime.setMocks(
    { call: () => ({}), newResource: ({ name }) => ({ id: name, state: {} }) },
    'the-shop',
    'dev',
  );
  pulumi.runtime.setAllConfig({ ...config }, Object.keys(config));
}

describe('the secrets of a stack', () => {
  test('are one value for the only key, or one for each', () => {
    const secrets = new StackSecrets({ webhook: 'a', registry: { USER: 'b', TOKEN: 'c' }, app: 'd' });

    expect([webhook, registry, app].map((credential) => secrets.keysOf(credential))).toEqual([
      ['url'],
      ['USER', 'TOKEN'],
      ['X_PRIVATE_KEY'],
    ]);
    expect(secrets.has(webhook, 'url')).toBe(true);
    expect(secrets.has(webhook, 'other')).toBe(false);
    expect(secrets.equals(registry, 'TOKEN', 'c')).toBe(true);
    expect(secrets.equals(registry, 'TOKEN', 'b')).toBe(false);
  });

  test('leave as secret outputs', async () => {
    const output = new StackSecrets({ webhook: 'a' }).output(webhook, 'url');

    expect(await pulumi.isSecret(output)).toBe(true);
    expect(() => new StackSecrets({}).output(webhook, 'url')).toThrow(
      new Error('portolan: credentials.webhook: has no value for url'),
    );
  });

  test('are read and decrypted from the stack’s configuration', async () => {
    await configured({
      'portolan:secrets': JSON.stringify({ webhook: 'a', registry: { USER: 'b', TOKEN: 'c' } }),
    });

    expect((await readStackSecrets()).credentials).toEqual(['webhook', 'registry']);
  });

  test('are none where none are set', async () => {
    await configured({});

    expect((await readStackSecrets()).credentials).toEqual([]);
  });

  test('must be given unless Pulumi makes them, or they are no secret', () => {
    expect(
      secretProblems('dev', [webhook, registry, app, argo, password], new StackSecrets({})).map(
        ({ path, message }) => `${path}: ${message}`,
      ),
    ).toEqual([
      'Pulumi.dev.yaml: config.portolan:secrets.webhook: needs a value for url (posts); write it with: pulumi config set --secret --path portolan:secrets.webhook --stack dev',
      'Pulumi.dev.yaml: config.portolan:secrets.registry: needs a value for USER (pushes); write it with: pulumi config set --secret --path portolan:secrets.registry.USER --stack dev',
      'Pulumi.dev.yaml: config.portolan:secrets.registry: needs a value for TOKEN (pushes); write it with: pulumi config set --secret --path portolan:secrets.registry.TOKEN --stack dev',
      'Pulumi.dev.yaml: config.portolan:secrets.app: needs a value for X_PRIVATE_KEY (writes); write it with: pulumi config set --secret --path portolan:secrets.app --stack dev',
      'Pulumi.dev.yaml: config.portolan:secrets.argo: needs a value for password (reads); write it with: pulumi config set --secret --path portolan:secrets.argo.password --stack dev',
      'Pulumi.dev.yaml: config.portolan:secrets.argo: needs a value for username (reads); write it with: pulumi config set --path portolan:secrets.argo.username VALUE --stack dev',
    ]);
    expect(
      secretProblems('dev', [webhook, app, password], new StackSecrets({ webhook: 'a', app: { X_PRIVATE_KEY: 'b' } })),
    ).toEqual([]);
  });

  test('fail for a name or a key that nothing uses', () => {
    expect(secretProblems('dev', [], new StackSecrets({ webhok: 'a' })).map(({ message }) => message)).toEqual([
      'no credential of this stack has that name; remove it, or write one of: (none)',
    ]);
    expect(
      secretProblems('dev', [app], new StackSecrets({ app: { X_PRIVATE_KEY: 'b', X_APP_ID: '1' } })).map(
        ({ path, message }) => `${path}: ${message}`,
      ),
    ).toEqual([
      'Pulumi.dev.yaml: config.portolan:secrets.app.X_APP_ID: the credential has no such key; write one of: X_PRIVATE_KEY',
    ]);
  });

  test('are given by a line that names the key only where there are several', () => {
    expect(giveLine('dev', webhook, 'url')).toBe(
      'pulumi config set --secret --path portolan:secrets.webhook --stack dev',
    );
    expect(giveLine('dev', registry, 'TOKEN')).toBe(
      'pulumi config set --secret --path portolan:secrets.registry.TOKEN --stack dev',
    );
  });
});
