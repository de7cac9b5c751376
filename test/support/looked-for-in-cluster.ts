import { createHash } from 'node:crypto';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Stage } from '../../src/model/stage.ts';
import { cats } from '../examples/cat-service/example.ts';

/** What has Node.js, npm and Git. */
export const nodeImage = `node:22-bookworm@sha256:${createHash('sha256').update('node').digest('hex')}`;

const kept = (name: string, purpose: Credential['purpose'], keys: readonly string[]): Credential => ({
  name,
  purpose,
  holder: purpose === 'gitPush' ? 'portolan-promoter' : 'the CronJob',
  store: { kind: 'kubernetes', namespace: 'cat-service-build', secretName: name, keys },
  scope: purpose === 'gitPush' ? 'contents and pull requests: write on cat-service-ops' : 'read on gcr.io/pgtm-jlong',
});

/** What a look pushes with, as an app. */
export const lookPush = kept('look-push', 'gitPush', [
  'githubAppClientID',
  'githubAppInstallationID',
  'githubAppPrivateKey',
]);
const lookRead = kept('look-read', 'registryRead', ['.dockerconfigjson']);

/** The cats, whose registry a CronJob of the toolchain looks in every two minutes, with a login; no workflow promotes to dev. */
export const lookedForInCluster = (change: Partial<Stage> = {}): Delivery => {
  const delivery = cats();
  return {
    ...delivery,
    supplies: delivery.supplies.map((it) => ({
      ...it,
      discovery: { kind: 'registryPoll', intervalMinutes: 2, login: lookRead.name },
    })),
    stages: delivery.stages.map((it) =>
      it.name === 'dev'
        ? {
            ...it,
            promoter: { kind: 'cronJob', image: nodeImage },
            toolchain: 'build',
            write: { ...it.write, credential: lookPush.name },
            ...change,
          }
        : it,
    ),
    credentials: [...delivery.credentials.filter(({ name }) => name !== 'promote-dev'), lookPush, lookRead],
  };
};

/** {@link lookedForInCluster}, with the toolchain among its environments. */
export const withLook = (change: Partial<Stage> = {}): Delivery => withToolchains(lookedForInCluster(change));

/** What a registry proves itself with. */
export const registryHook: Credential = {
  ...kept('registry-hook', 'webhook', ['secret']),
  holder: 'the registry',
  scope: 'has dev looked for, and no more',
  origin: 'generated',
};

/** Where it tells. */
export const lookListener = { address: 'https://hooks.acme.example/look/dev' } as const;

/** {@link lookedForInCluster}, whose registry tells of each push besides. */
export const toldByRegistry = (change: Partial<Stage> = {}): Delivery => {
  const delivery = lookedForInCluster({
    triggers: [{ on: 'artifactPublished', artifact: 'cat-service', by: 'webhook', authentication: registryHook.name }],
    promoter: { kind: 'cronJob', image: nodeImage, listener: lookListener },
    ...change,
  });
  return {
    ...delivery,
    supplies: delivery.supplies.map((it) => ({
      ...it,
      discovery: { kind: 'registryWebhook', authentication: registryHook.name, login: lookRead.name },
    })),
    credentials: [...delivery.credentials, registryHook],
  };
};

/** {@link toldByRegistry}, with the toolchain among its environments. */
export const withTold = (change: Partial<Stage> = {}): Delivery => withToolchains(toldByRegistry(change));
