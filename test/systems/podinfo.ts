import { corrected } from '../model/five-systems/podinfo.ts';
import { kept, withContainers } from './change-services.ts';
import type { System } from './system.ts';

/** Without what the checks find: no pod takes the whole node. */
const mended = withContainers(corrected, kept);

/** Snapshots to dev; releases to dev-test, and on by three pull requests. */
export const podinfo: System = {
  corrected,
  mended,
  found: ['Deployment/podinfo containers[0].resources.limits (resources, also prod and stg and uat)'],
  course: { builds: { dev: { snapshot: 'abcdef0-20220921094500' }, 'dev-test': { release: '5.2.0' } } },
  published: [
    'dev: created 1e5dd13-20220921093000',
    'dev-test: created 5.1.5',
    'gated uat: proposed 5.1.5',
    'gated stg: proposed 5.1.5',
    'gated prod: proposed 5.1.5',
  ],
  promoted: [
    'dev: updated a10000000000',
    'dev-test: updated a10000000000',
    'gated uat: proposed a10000000000',
    'gated stg: proposed a10000000000',
    'gated prod: proposed a10000000000',
  ],
  told: ['dev', 'dev-test', 'uat', 'stg', 'prod'].map((name) => `${name}: a10000000000 by publish, promote`),
};
