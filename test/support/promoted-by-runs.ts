import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Stage } from '../../src/model/stage.ts';
import { foundInRegistry, gitHubHook } from './built-by-tekton.ts';
import { nodeImage } from './looked-for-in-cluster.ts';

/** The app that a run promotes as. */
export const tektonPromoter: Credential = {
  name: 'tekton-promote',
  purpose: 'gitPush',
  holder: 'promoter',
  store: {
    kind: 'kubernetes',
    namespace: 'shop-builds',
    secretName: 'tekton-promote',
    keys: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
  },
  scope: 'contents and pull requests: write on shop-ops',
};

/** The push that GitHub tells Tekton of. */
export const toldPush = {
  on: 'push',
  repository: 'shop',
  branches: ['main'],
  by: 'webhook',
  authentication: gitHubHook.name,
} as const;

/** Two images of one source, of whose builds the runs themselves promote to dev. */
export function promotedByRuns(change: Partial<Stage> = {}): Delivery {
  const delivery = foundInRegistry();
  return {
    ...delivery,
    supplies: delivery.supplies.map((it) => ({ ...it, discovery: { kind: 'sameJob' } })),
    stages: delivery.stages.map((stage) =>
      stage.name === 'dev'
        ? {
            ...stage,
            triggers: [toldPush],
            promoter: { kind: 'tekton', image: nodeImage },
            toolchain: 'tools',
            write: { ...stage.write, credential: tektonPromoter.name },
            ...change,
          }
        : stage,
    ),
    credentials: [...delivery.credentials, tektonPromoter],
  };
}

/** {@link promotedByRuns}, with the toolchain among its environments. */
export const withRuns = (change: Partial<Stage> = {}): Delivery => withToolchains(promotedByRuns(change));
