import type { VersionScheme } from '../../src/model/artifact.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Toolchain } from '../../src/model/environment.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Stage } from '../../src/model/stage.ts';
import type { Supply } from '../../src/model/supply.ts';
import { tools } from './with-toolchain.ts';
import { validDelivery } from './valid-delivery.ts';

const kept = (name: string, purpose: Credential['purpose'], keys: readonly string[]): Credential => ({
  name,
  purpose,
  holder: purpose === 'gitPush' ? 'promoter' : 'Flux',
  store: { kind: 'kubernetes', namespace: 'shop-tools', secretName: name, keys },
  scope: purpose === 'gitPush' ? 'contents: write on shop-ops' : 'read on acme',
});

/** What Flux writes branches with, as an app. */
export const fluxPush = kept('flux-ops', 'gitPush', ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey']);

/** What it asks the registry with. */
export const fluxLogin = kept('flux-images', 'registryRead', ['.dockerconfigjson']);

/** The commit, and the time of the build to the second. */
export const timed: VersionScheme = {
  kind: 'numeric',
  pattern: '^[0-9a-f]{40}-(?<time>\\d{14})$',
  by: ['time'],
};

/** A tag of that scheme, of a second of an hour. */
export const tagAt = (second: number): string =>
  `${String(second).padStart(40, 'a')}-202611291907${String(second).padStart(2, '0')}`;

/** What a test changes of it. */
export interface FluxChange {
  readonly scheme?: VersionScheme;
  readonly supply?: Partial<Supply>;
  readonly dev?: Partial<Stage>;
}

const versionsOf = (tag: string) => ({
  orders: { repository: 'acme/orders', tag },
  payments: { repository: 'acme/payments', tag },
});

/** The valid delivery, in which every build reaches dev by Flux, and a person promotes what is verified there. */
export function movedByFlux({ scheme = timed, supply = {}, dev = {} }: FluxChange = {}): Delivery {
  const delivery = validDelivery();
  const { namespaces: _, ...place }: Toolchain = tools({}, delivery);
  const stageOf = ({ versions: _versions, ...stage }: Stage): Stage =>
    stage.name === 'dev'
      ? {
          ...stage,
          promoter: { kind: 'fluxImages' },
          toolchain: 'tools',
          triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'poll' }],
          write: { ...stage.write, credential: fluxPush.name, message: 'Shop {version} to {environment}' },
          ...dev,
        }
      : { ...stage, triggers: [{ on: 'manual' }] };
  return {
    ...delivery,
    toolchains: [place],
    // The build says its versions itself.
    repositories: delivery.repositories.map(({ tags: _tags, ...rest }) => rest),
    artifacts: delivery.artifacts.map((artifact) => ({ ...artifact, scheme })),
    supplies: delivery.supplies.map((it) => ({
      ...it,
      builder: { kind: 'external', by: 'a workflow that tags with the commit and the time' },
      checks: [],
      triggers: [],
      discovery: { kind: 'registryPoll', intervalMinutes: 1, login: fluxLogin.name },
      ...supply,
    })),
    stages: delivery.stages.map(stageOf),
    credentials: [...delivery.credentials, fluxPush, fluxLogin],
    initialReleases: { dev: { images: versionsOf(tagAt(1)) }, prod: { images: versionsOf(tagAt(1)) } },
  };
}

/** {@link movedByFlux}, with the toolchain among its environments. */
export const withFluxImages = (change: FluxChange = {}): Delivery => withToolchains(movedByFlux(change));
