import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { credentialShape } from '../../../../src/model/rules/credential/credential-shape.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

const withStore = (store: Credential['store'], generation = 1): Delivery => ({
  ...validDelivery(),
  credentials: [
    { name: 'push', purpose: 'gitPush', holder: 'a workflow', store, scope: 'contents: write', generation },
  ],
});

const pushing = (change: Partial<Credential>, keys = ['USERNAME', 'TOKEN']): Delivery => ({
  ...validDelivery(),
  credentials: [
    {
      name: 'push',
      purpose: 'registryPush',
      holder: 'a workflow',
      store: { kind: 'githubActions', repository: 'shop', environment: 'build', keys },
      scope: 'push',
      ...change,
    },
  ],
});

describe('a credential is a complete reference', () => {
  test('fails for what workflows ask a cluster with where they do not find it, or under another name', () => {
    expect(told(credentialShape, pushing({ purpose: 'clusterRead' }, ['KUBECONFIG']))).toEqual([]);
    const must =
      'credentials.push.store: must be { kind: "githubActions", keys: ["KUBECONFIG"], … }: workflows alone ask a cluster with it';
    expect(told(credentialShape, pushing({ purpose: 'clusterRead' }, ['CONFIG']))).toEqual([`${must}, got ["CONFIG"]`]);
    const store = { kind: 'kubernetes', namespace: 'dev', secretName: 'reader', keys: ['KUBECONFIG'] } as const;
    expect(told(credentialShape, pushing({ purpose: 'clusterRead', store }))).toEqual([`${must}, got "kubernetes"`]);
  });

  test('fails for approvers who are nobody, no people, too many, or asked by no GitHub environment', () => {
    const asking = (approvers: readonly string[], environment?: string): readonly string[] =>
      told(
        credentialShape,
        withStore({
          kind: 'githubActions',
          repository: 'shop',
          keys: ['TOKEN'],
          approvers,
          ...(environment === undefined ? {} : { environment }),
        }),
      );

    expect(asking(['alice', 'releasers'], 'build')).toEqual([]);
    expect(asking(['alice'])).toEqual([
      'credentials.push.store.approvers: are asked by a GitHub environment alone; name one in store.environment, got ["alice"]',
    ]);
    expect(asking([], 'build')).toEqual([
      'credentials.push.store.approvers: must be 1 to 6 people or teams, or left out, got []',
    ]);
    expect(
      asking(
        Array.from({ length: 7 }, () => 'alice'),
        'build',
      ),
    ).toHaveLength(1);
    expect(asking(['promoter'], 'build')).toEqual([
      expect.stringMatching(/^credentials\.push\.store\.approvers: .*person or team.*got "promoter"$/),
    ]);
  });

  test('passes for Secrets and Actions secrets', () => {
    expect(told(credentialShape, validDelivery())).toEqual([]);
    expect(
      told(credentialShape, withStore({ kind: 'githubActions', repository: 'shop', keys: ['GITHUB_TOKEN'] })),
    ).toEqual([]);
    expect(
      told(
        credentialShape,
        withStore({ kind: 'kubernetes', secretName: 'push', keys: ['ssh-privatekey'], namespace: 'flux-system' }),
      ),
    ).toEqual([]);
  });

  test('fails for names and keys that the stores refuse', () => {
    expect(
      told(
        credentialShape,
        withStore({ kind: 'githubActions', repository: 'shops', keys: ['GITHUB_PAT', '1ST', 'PUSH-KEY'] }),
      ),
    ).toEqual([
      'credentials.push.store.keys: must be letters, digits and underscores, and must not begin with a digit or GITHUB_, got "GITHUB_PAT"',
      'credentials.push.store.keys: must be letters, digits and underscores, and must not begin with a digit or GITHUB_, got "1ST"',
      'credentials.push.store.keys: must be letters, digits and underscores, and must not begin with a digit or GITHUB_, got "PUSH-KEY"',
      'credentials.push.store.repository: there is no repository of this name; write "shop", got "shops"',
    ]);
    expect(
      told(
        credentialShape,
        withStore({ kind: 'kubernetes', secretName: 'Push_Key', keys: ['a key'], namespace: 'flux-system' }),
      ),
    ).toEqual([
      'credentials.push.store.keys: must be letters, digits, dots, dashes and underscores, got "a key"',
      'credentials.push.store.secretName: must be lower-case letters, digits, dashes and dots, got "Push_Key"',
    ]);
  });

  test('fails for a name that no annotation of a pod could carry', () => {
    const named = (name: string): Delivery => ({
      ...validDelivery(),
      credentials: withStore({ kind: 'githubActions', repository: 'shop', keys: ['KEY'] }).credentials.map((one) => ({
        ...one,
        name,
      })),
    });
    const long = 'a'.repeat(53);

    expect(told(credentialShape, named('Push key'))).toEqual([
      'credentials.Push key.name: must be at most 52 lower-case letters, digits and dashes, got "Push key"',
    ]);
    expect(told(credentialShape, named(long))).toEqual([
      `credentials.${long}.name: must be at most 52 lower-case letters, digits and dashes, got "${long}"`,
    ]);
    expect(told(credentialShape, named(long.slice(1)))).toEqual([]);
  });

  test('fails without keys, without a namespace, and with a generation that is none', () => {
    expect(told(credentialShape, withStore({ kind: 'kubernetes', secretName: 'push', keys: [] }, 0))).toEqual([
      'credentials.push.store.keys: must name at least one key, got []',
      'credentials.push.store.namespace: must be said for a credential of the delivery, which has no namespace of its own',
      'credentials.push.generation: must be a whole number, 1 or more, got 0',
    ]);
  });

  test('passes for a login that says its registry, and for the token of the run', () => {
    expect(told(credentialShape, pushing({ registry: 'ghcr.io' }))).toEqual([]);
    expect(told(credentialShape, pushing({ registry: 'localhost:5000' }))).toEqual([]);
    expect(told(credentialShape, pushing({}, ['GITHUB_TOKEN']))).toEqual([]);
  });

  test('fails for a login to what is no registry, to one that does not take it, and without an account or its password', () => {
    expect(told(credentialShape, pushing({ registry: 'https://ghcr.io' }))).toEqual([
      'credentials.push.registry: must be the host of a registry, e.g. "ghcr.io", or "docker.io" for Docker Hub, got "https://ghcr.io"',
    ]);
    expect(told(credentialShape, pushing({ registry: 'docker.io' }, ['GITHUB_TOKEN']))).toEqual([
      'credentials.push.registry: must be "ghcr.io", because no other registry takes GITHUB_TOKEN, got "docker.io"',
    ]);
    expect(told(credentialShape, pushing({ registry: 'ghcr.io', purpose: 'gitPush' }))).toEqual([
      'credentials.push.registry: is for the purpose "registryPush" alone; leave it out, got "ghcr.io"',
    ]);
    expect(told(credentialShape, pushing({}, ['TOKEN']))).toEqual([
      'credentials.push.store.keys: must be two, the name of an account and its password, e.g. ["REGISTRY_USERNAME", "REGISTRY_TOKEN"], got ["TOKEN"]',
    ]);
  });

  test('fails for a pull secret of another shape than a kubelet reads', () => {
    const pulling = (keys: readonly string[]): Delivery =>
      withEnvironment(validDelivery(), 'dev', (environment) => ({
        ...environment,
        credentials: [
          ...environment.credentials,
          {
            name: 'pull',
            purpose: 'registryRead',
            holder: 'the kubelet',
            store: { kind: 'kubernetes', secretName: 'pull', keys },
            scope: 'pull',
          },
        ],
      }));

    expect(told(credentialShape, pulling(['.dockerconfigjson']))).toEqual([]);
    expect(told(credentialShape, pulling(['username', 'password']))).toEqual([
      'environments.dev.credentials.pull.store.keys: must be [".dockerconfigjson"], the one key of a Secret of type kubernetes.io/dockerconfigjson, because a kubelet reads no other to pull images, got ["username","password"]',
    ]);
  });

  test('fails for what nothing in the cluster makes, and passes for a Secret there', () => {
    const kubernetes = { kind: 'kubernetes', namespace: 'dev', secretName: 'made', keys: ['key'] } as const;
    const external = (change: Partial<Credential>): readonly string[] =>
      told(credentialShape, pushing({ purpose: 'database', store: kubernetes, origin: 'external', ...change }));

    expect(external({})).toEqual([]);
    expect(external({ purpose: 'gitRead' })).toEqual([
      'credentials.push.origin: must be "given" for the purpose "gitRead": the repository must know the other half of the key, got "external"',
    ]);
    expect(external({ store: { kind: 'githubActions', repository: 'shop', keys: ['KEY'] } })).toEqual([
      'credentials.push.origin: must be "given": nothing in the cluster makes what GitHub keeps, got "external"',
    ]);
  });
});
