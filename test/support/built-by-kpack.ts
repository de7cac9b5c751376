import { createHash } from 'node:crypto';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Repository } from '../../src/model/repository.ts';
import type { Builder, Supply } from '../../src/model/supply.ts';
import { tools } from './with-toolchain.ts';
import { validDelivery } from './valid-delivery.ts';

type Kpack = Extract<Builder, { readonly kind: 'kpack' }>;

const digest = (of: string): string => `sha256:${createHash('sha256').update(of).digest('hex')}`;

/** A builder of kpack's that reads with a key. */
export const kpackBuilder = (change: Partial<Kpack> = {}): Kpack => ({
  kind: 'kpack',
  stack: {
    id: 'io.buildpacks.stacks.jammy',
    build: `paketobuildpacks/build-jammy-base@${digest('a')}`,
    run: `paketobuildpacks/run-jammy-base@${digest('b')}`,
  },
  store: [`gcr.io/paketo-buildpacks/java@${digest('c')}`],
  order: ['paketo-buildpacks/java', 'paketo-buildpacks/nodejs'],
  builderRepository: 'acme/builder',
  pushesWith: 'kpack-push',
  readsWith: 'kpack-read',
  pollMinutes: 1,
  ...change,
});

/** What the images are pushed with. */
export const kpackPush: Credential = {
  name: 'kpack-push',
  purpose: 'registryPush',
  holder: 'kpack',
  store: { kind: 'kubernetes', namespace: 'shop-builds', secretName: 'kpack-push', keys: ['.dockerconfigjson'] },
  scope: 'write on acme/orders and acme/builder',
};

/** What the copy of the source is read with. */
export const kpackRead: Credential = {
  name: 'kpack-read',
  purpose: 'gitRead',
  holder: 'kpack',
  store: { kind: 'kubernetes', namespace: 'shop-builds', secretName: 'kpack-read', keys: ['ssh-privatekey'] },
  scope: 'contents: read on shop-release',
};

/** What the workflow copies with. */
export const copyPush: Credential = {
  name: 'copy-push',
  purpose: 'gitPush',
  holder: 'copier',
  store: {
    kind: 'githubActions',
    repository: 'shop',
    environment: 'copy',
    keys: ['COPIER_APP_ID', 'COPIER_PRIVATE_KEY'],
  },
  scope: 'contents and workflows: write on shop-release',
};

/** Where tested commits go. */
const copy: Repository = {
  name: 'shop-release',
  holds: ['releaseCopy'],
  url: 'https://github.com/acme/shop-release.git',
  defaultBranch: 'release',
  protection: { approvals: 1, checks: [], bypass: ['copier'] },
};

/** How kpack calls what it builds, in the order of time. */
export const kpackScheme = {
  kind: 'numeric',
  pattern: '^b(?<build>\\d+)\\.(?<date>\\d{8})\\.(?<time>\\d{6})$',
  by: ['date', 'time', 'build'],
} as const;

/** The valid delivery, whose orders kpack builds of a copy of what has passed; a workflow builds the payments. */
export function builtByKpack(change: Partial<Supply> = {}, builder: Partial<Kpack> = {}): Delivery {
  const delivery = validDelivery();
  const [images] = delivery.supplies;
  const first = { repository: 'acme/orders', tag: 'b1.20261101.120000' };
  return {
    ...delivery,
    repositories: [...delivery.repositories, copy],
    actors: [...delivery.actors, { name: 'copier', kind: 'app' }],
    artifacts: delivery.artifacts.map((it) => (it.name === 'orders' ? { ...it, scheme: kpackScheme } : it)),
    supplies: [
      {
        ...images!,
        artifacts: ['payments'],
        builder: { kind: 'githubActions', images: [{ artifact: 'payments', context: 'payments' }] },
      },
      {
        name: 'orders',
        artifacts: ['orders'],
        source: 'shop',
        builder: kpackBuilder(builder),
        toolchain: 'tools',
        checks: ['test'],
        triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }],
        discovery: { kind: 'sameJob' },
        copiesTo: { repository: 'shop-release', branch: 'release' },
        ...change,
      },
    ],
    toolchains: [tools({}, delivery)],
    stages: delivery.stages.map((stage) =>
      stage.name === 'dev' ? { ...stage, intake: { from: 'supply', supplies: ['images', 'orders'] } } : stage,
    ),
    credentials: [...delivery.credentials, kpackPush, kpackRead, copyPush],
    initialReleases: {
      ...delivery.initialReleases,
      dev: { images: { ...delivery.initialReleases['dev']?.images, orders: first } },
    },
  };
}

/** {@link builtByKpack}, with the toolchain among its environments. */
export const withKpack = (change: Partial<Supply> = {}, builder: Partial<Kpack> = {}): Delivery =>
  withToolchains(builtByKpack(change, builder));
