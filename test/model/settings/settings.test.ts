import { describe, expect, test } from '@jest/globals';
import { ProblemsError } from '../../../src/model/problem.ts';
import { parseSettings } from '../../../src/model/settings/settings.ts';
import { ownSettings } from '#project';
import fc from '../../support/properties.ts';

const platform = {
  config: { 'portolan:opsRepository': 'https://github.com/acme/shop-ops.git', 'portolan:registryOwner': 'acme' },
};

/** The message for files that must be refused. */
function refusal(files: Readonly<Record<string, unknown>>): string {
  try {
    parseSettings(files, ownSettings);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the settings were accepted');
}

const withPlatform = (settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  platform: { config: { ...platform.config, ...settings } },
});

const withDev = (settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  platform,
  dev: { config: settings },
});

describe('the settings', () => {
  test('have defaults for everything but the ops repository and what the project declares without one', () => {
    const settings = parseSettings({ platform, dev: {} }, ownSettings);

    expect(settings).toEqual({
      platform: {
        opsRepository: 'https://github.com/acme/shop-ops.git',
        registryOwner: 'acme',
        protect: true,
        github: { owner: 'acme', plan: 'free', ownerKind: 'user' },
        generations: {},
        secrets: [],
      },
      environments: { dev: { replicas: {}, generations: {}, adopt: false, secrets: [] } },
    });
  });

  test('carry everything an operator may set, and of secrets only the names', () => {
    const settings = parseSettings(
      {
        platform: {
          encryptionsalt: 'v1:abc',
          config: {
            ...platform.config,
            'portolan:protect': false,
            'portolan:github': { plan: 'team', ownerKind: 'organization', appId: 12, installationId: 34 },
            'portolan:generations': { promotion: 2 },
            'portolan:secrets': {
              promotion: { PROMOTION_APP_KEY: { secure: 'v1:one' } },
              registry: { REGISTRY_TOKEN: { secure: 'v1:four' }, REGISTRY_USERNAME: 'acme' },
            },
            'github:owner': 'shop-people',
            'github:baseUrl': 'http://127.0.0.1:8080/',
            'github:writeDelayMs': '100',
          },
        },
        prod: {
          secretsprovider: 'passphrase',
          encryptedkey: 'abc',
          config: {
            'portolan:host': 'shop.example.com',
            'portolan:nodeName': 'node-1',
            'portolan:nodeFolder': '/var/lib/shop',
            'portolan:replicas': { orders: 3 },
            'portolan:generations': { 'orders-db-password': 4 },
            'portolan:adopt': true,
            'portolan:engineUrl': 'https://argocd.example.com',
            'portolan:secrets': { 'bank-token': { secure: 'v1:three' } },
            'kubernetes:context': 'kind-shop',
          },
        },
      },
      ownSettings,
    );

    expect(settings).toEqual({
      platform: {
        opsRepository: 'https://github.com/acme/shop-ops.git',
        registryOwner: 'acme',
        protect: false,
        github: {
          owner: 'shop-people',
          plan: 'team',
          ownerKind: 'organization',
          appId: 12,
          installationId: 34,
          baseUrl: 'http://127.0.0.1:8080/',
          writeDelayMs: 100,
        },
        generations: { promotion: 2 },
        secrets: ['promotion', 'registry'],
      },
      environments: {
        prod: {
          host: 'shop.example.com',
          nodeName: 'node-1',
          nodeFolder: '/var/lib/shop',
          replicas: { orders: 3 },
          generations: { 'orders-db-password': 4 },
          adopt: true,
          kubernetesContext: 'kind-shop',
          engineUrl: 'https://argocd.example.com',
          secrets: ['bank-token'],
        },
      },
    });
  });

  test('understand numbers and switches that pulumi config set wrote as text', () => {
    const settings = parseSettings(
      withDev({ 'portolan:adopt': 'true', 'portolan:replicas': { orders: '3' } }),
      ownSettings,
    );

    expect(settings.environments['dev']).toMatchObject({ adopt: true, replicas: { orders: 3 } });
  });

  test('are the same for an empty file and for one with an empty config', () => {
    const empty = { replicas: {}, generations: {}, adopt: false, secrets: [] };

    const { environments } = parseSettings({ platform, a: null, b: {}, c: { config: null } }, ownSettings);

    expect(environments).toEqual({ a: empty, b: empty, c: empty });
  });

  test('fails with the line that mends each missing setting', () => {
    expect(refusal({})).toBe(
      [
        'portolan: the configuration is not valid (2 problems)',
        '  Pulumi.platform.yaml: config.portolan:opsRepository: is missing; write it with: pulumi config set portolan:opsRepository https://github.com/acme/shop-ops.git --stack platform',
        '  Pulumi.platform.yaml: config.portolan:registryOwner: is missing; write it with: pulumi config set portolan:registryOwner acme --stack platform',
      ].join('\n'),
    );
  });

  test('fails when the owner of the ops repository cannot be told', () => {
    expect(refusal(withPlatform({ 'portolan:opsRepository': 'https://git.example.com/ops.git' }))).toBe(
      [
        'portolan: the configuration is not valid (1 problem)',
        '  Pulumi.platform.yaml: config.github:owner: is missing and the ops repository does not tell it; write it with: pulumi config set github:owner acme --stack platform',
      ].join('\n'),
    );
  });

  test('fails for an ops repository of one environment: the delivery has one, which its branch, rulesets, keys and workflows follow', () => {
    expect(refusal(withDev({ 'portolan:opsRepository': 'https://github.com/acme/shop-ops-dev.git' }))).toBe(
      [
        'portolan: the configuration is not valid (1 problem)',
        '  Pulumi.dev.yaml: config.portolan:opsRepository: is shared by all environments; move it to Pulumi.platform.yaml',
      ].join('\n'),
    );
  });

  test('fails for a setting under the name that it had before, and says what it is called now', () => {
    expect(refusal(withDev({ 'portolan:argocdUrl': 'https://argocd.acme.example' }))).toBe(
      [
        'portolan: the configuration is not valid (1 problem)',
        '  Pulumi.dev.yaml: config.portolan:argocdUrl: is called "portolan:engineUrl" now; write that in its place',
      ].join('\n'),
    );
  });

  test('fails with all problems of all files at once', () => {
    expect(
      refusal({
        platform: {
          config: {
            ...platform.config,
            'portolan:protect': 'maybe',
            'portolan:github': { plan: 'gold', owner: 'acme', appId: 0 },
          },
        },
        dev: {
          colour: 'green',
          config: {
            'portolan:hots': 'shop.example.com',
            'portolan:replicas': { orders: -1, payments: 'two' },
            'portolan:nodeFolder': 'data',
            'portolan:registryOwner': 'acme',
          },
        },
        prod: {
          config: {
            'portolan:generations': { bank: 0 },
            'portolan:host': 'Shop_1',
            'portolan:nodeName': 7,
            'portolan:engineUrl': 'argocd',
            'kubernetes:context': '',
          },
        },
      }),
    ).toBe(
      [
        'portolan: the configuration is not valid (15 problems)',
        '  Pulumi.platform.yaml: config.portolan:protect: must be true or false; write it with: pulumi config set portolan:protect true --stack platform, got "maybe"',
        '  Pulumi.platform.yaml: config.portolan:github.plan: must be "free", "team" or "enterprise"; write it with: pulumi config set --path portolan:github.plan team --stack platform, got "gold"',
        '  Pulumi.platform.yaml: config.portolan:github.appId: must be a whole number, 1 or more; write it with: pulumi config set --path portolan:github.appId VALUE --stack platform, got 0',
        '  Pulumi.platform.yaml: config.portolan:github.owner: there is no such setting; remove it',
        '  Pulumi.dev.yaml: colour: there is no such setting; remove it',
        '  Pulumi.dev.yaml: config.portolan:replicas.orders: must be a whole number, 0 or more; write it with: pulumi config set --path portolan:replicas.orders VALUE --stack dev, got -1',
        '  Pulumi.dev.yaml: config.portolan:replicas.payments: must be a whole number, 0 or more; write it with: pulumi config set --path portolan:replicas.payments VALUE --stack dev, got "two"',
        '  Pulumi.dev.yaml: config.portolan:nodeFolder: must be an absolute path without a slash at its end, e.g. /var/lib/shop; write it with: pulumi config set portolan:nodeFolder /var/lib/shop --stack dev, got "data"',
        '  Pulumi.dev.yaml: config.portolan:hots: there is no such setting; write "portolan:host"',
        '  Pulumi.dev.yaml: config.portolan:registryOwner: is shared by all environments; move it to Pulumi.platform.yaml',
        '  Pulumi.prod.yaml: config.portolan:host: must be a host name in lower case, e.g. shop.example.com; write it with: pulumi config set portolan:host shop.example.com --stack prod, got "Shop_1"',
        '  Pulumi.prod.yaml: config.portolan:generations.bank: must be a whole number, 1 or more; write it with: pulumi config set --path portolan:generations.bank VALUE --stack prod, got 0',
        '  Pulumi.prod.yaml: config.portolan:engineUrl: must be an http or https URL without a user or password, e.g. https://cd.example.com; write it with: pulumi config set portolan:engineUrl https://cd.example.com --stack prod, got "argocd"',
        '  Pulumi.prod.yaml: config.kubernetes:context: must be text; write it with: pulumi config set kubernetes:context kind-shop --stack prod, got ""',
        '  Pulumi.prod.yaml: config.portolan:nodeName: must be the name of a Kubernetes node, e.g. node-1; write it with: pulumi config set portolan:nodeName node-1 --stack prod, got 7',
      ].join('\n'),
    );
  });

  test('fails on a setting of one environment in the file of all', () => {
    expect(refusal(withPlatform({ 'portolan:host': 'shop.example.com' }))).toBe(
      [
        'portolan: the configuration is not valid (1 problem)',
        '  Pulumi.platform.yaml: config.portolan:host: belongs to one environment; move it to its Pulumi.<environment>.yaml',
      ].join('\n'),
    );
  });

  test('fails on a Pulumi ESC environment, which cdk8s cannot read', () => {
    expect(refusal({ platform, dev: { environment: ['shop/dev'] } })).toBe(
      [
        'portolan: the configuration is not valid (1 problem)',
        '  Pulumi.dev.yaml: environment: a Pulumi ESC environment is read by the Pulumi CLI alone, cdk8s cannot read it; write the values under config',
      ].join('\n'),
    );
  });

  test('fails on a secret in plain without showing it, and on an encrypted setting that the rendering reads', () => {
    expect(
      refusal(
        withDev({
          'portolan:secrets': {
            'bank-token': 'hunter2',
            mail: { user: { secure: 'v1:abc' }, password: 'hunter2', username: 'acme' },
          },
          'portolan:host': { secure: 'v1:def' },
        }),
      ),
    ).toBe(
      [
        'portolan: the configuration is not valid (3 problems)',
        '  Pulumi.dev.yaml: config.portolan:host: must not be encrypted, because the rendering cannot decrypt it; write it with: pulumi config set portolan:host shop.example.com --stack dev',
        '  Pulumi.dev.yaml: config.portolan:secrets.bank-token: must be encrypted; write it with: pulumi config set --secret --path portolan:secrets.bank-token --stack dev',
        '  Pulumi.dev.yaml: config.portolan:secrets.mail.password: must be encrypted; write it with: pulumi config set --secret --path portolan:secrets.mail.password --stack dev',
      ].join('\n'),
    );
  });

  test.each(['hunter2', { secure: 'v1:hunter2' }])(
    'fails on a token for GitHub without showing it, encrypted or not, because what keeps it would go on with it after it expired',
    (token) => {
      expect(refusal(withDev({ 'github:token': token }))).toBe(
        [
          'portolan: the configuration is not valid (1 problem)',
          '  Pulumi.dev.yaml: config.github:token: a token that is kept expires there, and Pulumi goes on using it; write: export GITHUB_TOKEN=$(gh auth token); then remove it with: pulumi config rm github:token --stack dev',
        ].join('\n'),
      );
    },
  );

  test('let an ops repository on this machine go without TLS, and no other', () => {
    const refused = (address: string): boolean => {
      try {
        return (
          parseSettings(withPlatform({ 'portolan:opsRepository': address, 'github:owner': 'acme' }), ownSettings)
            .platform.opsRepository !== address
        );
      } catch {
        return true;
      }
    };

    expect(
      ['http://127.0.0.1:8080/ops.git', 'http://localhost/ops.git', 'http://host.k3d.internal:3000/acme/ops.git'].map(
        refused,
      ),
    ).toEqual([false, false, false]);
    expect(
      [
        'http://github.com/acme/ops.git',
        'http://localhost.example.com/ops.git',
        'http://alice@localhost/ops.git',
        'http://127.0.0.1',
      ].map(refused),
    ).toEqual([true, true, true, true]);
  });

  test('fails on a password in a URL without showing it', () => {
    expect(
      refusal(
        withPlatform({
          'portolan:opsRepository': 'https://alice:hunter2@github.com/acme/shop-ops.git',
          'github:owner': 'acme',
        }),
      ),
    ).toBe(
      [
        'portolan: the configuration is not valid (1 problem)',
        '  Pulumi.platform.yaml: config.portolan:opsRepository: must be an https URL without a user or password, e.g. https://github.com/acme/shop-ops.git; write it with: pulumi config set portolan:opsRepository https://github.com/acme/shop-ops.git --stack platform, got "https://...@github.com/acme/shop-ops.git"',
      ].join('\n'),
    );
  });

  test('fails on one value where a setting holds several by name, and shows how one of them is set', () => {
    expect(refusal(withDev({ 'portolan:replicas': 'three', 'portolan:secrets': ['x'] }))).toBe(
      [
        'portolan: the configuration is not valid (2 problems)',
        '  Pulumi.dev.yaml: config.portolan:replicas: must hold one whole number per service; write it with: pulumi config set --path portolan:replicas.SERVICE VALUE --stack dev, got "three"',
        '  Pulumi.dev.yaml: config.portolan:secrets: must hold one encrypted value per credential; write it with: pulumi config set --secret --path portolan:secrets.CREDENTIAL --stack dev',
      ].join('\n'),
    );
  });

  test('fails on a file that is not a mapping', () => {
    expect(refusal({ platform, dev: ['config'], prod: { config: 'none' }, test: 'config' })).toBe(
      [
        'portolan: the configuration is not valid (3 problems)',
        '  Pulumi.dev.yaml: must be a mapping with the key config',
        '  Pulumi.prod.yaml: config: must be a mapping of settings, got "none"',
        '  Pulumi.test.yaml: must be a mapping with the key config, got "config"',
      ].join('\n'),
    );
  });

  test('are read or refused with problems, whatever the files hold', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('platform', 'dev', 'prod'),
          fc.oneof(
            fc.anything(),
            fc.record({
              config: fc.dictionary(
                fc.constantFrom(
                  'portolan:host',
                  'portolan:nodeName',
                  'portolan:secrets',
                  'portolan:github',
                  'portolan:replicas',
                  'x',
                ),
                fc.anything(),
              ),
            }),
          ),
        ),
        (files) => {
          try {
            parseSettings(files, ownSettings);
          } catch (error) {
            expect(error).toBeInstanceOf(ProblemsError);
          }
        },
      ),
    );
  });
});
