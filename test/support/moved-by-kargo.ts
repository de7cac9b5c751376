import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Stage } from '../../src/model/stage.ts';
import type { Supply } from '../../src/model/supply.ts';
import { tools } from './with-toolchain.ts';
import { validDelivery } from './valid-delivery.ts';

/** What Kargo pushes with. */
export const pushing: Credential = {
  name: 'kargo',
  purpose: 'gitPush',
  holder: 'promoter',
  store: {
    kind: 'kubernetes',
    namespace: 'shop-tools',
    secretName: 'kargo-ops',
    keys: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
  },
  scope: 'contents and pull requests: write on shop-ops',
};

/** What a test changes of it. */
export interface KargoChange {
  readonly supply?: Partial<Supply>;
  readonly dev?: Partial<Stage>;
  readonly prod?: Partial<Stage>;
}

/** The valid delivery, moved by Kargo: dev by itself, prod when a person asks and another one merges. */
export function movedByKargo({ supply = {}, dev = {}, prod = {} }: KargoChange = {}): Delivery {
  const delivery = validDelivery();
  const moved = (stage: Stage): Stage => {
    const { versions: _, ...rest } = stage;
    return {
      ...rest,
      promoter: { kind: 'kargo' },
      toolchain: 'tools',
      write: { ...stage.write, credential: pushing.name, message: 'Shop {version} to {environment}' },
      ...(stage.name === 'dev'
        ? { triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'poll' }], ...dev }
        : { triggers: [{ on: 'manual' }], ...prod }),
    };
  };
  const { namespaces: _, ...place } = tools({}, delivery);
  return {
    ...delivery,
    toolchains: [place],
    // The build tags its versions itself.
    repositories: delivery.repositories.map(({ tags: _, ...rest }) => rest),
    artifacts: delivery.artifacts.map((artifact) => ({
      ...artifact,
      scheme: { kind: 'semver', prefix: 'v', range: '>=1.0.0' },
    })),
    supplies: delivery.supplies.map((it) => ({ ...it, discovery: { kind: 'registryPoll' }, ...supply })),
    stages: delivery.stages.map(moved),
    credentials: [...delivery.credentials, pushing],
    initialReleases: {
      dev: { images: versionsOf('v1.0.0') },
      prod: { images: versionsOf('v1.0.0') },
    },
  };
}

const versionsOf = (tag: string) => ({
  orders: { repository: 'acme/orders', tag },
  payments: { repository: 'acme/payments', tag },
});

/** {@link movedByKargo}, with the toolchain among its environments. */
export const withKargo = (change: KargoChange = {}): Delivery => withToolchains(movedByKargo(change));
