import { corrected } from '../model/five-systems/go-sample-app.ts';
import { kept, withContainers } from './change-services.ts';
import type { System } from './system.ts';

/** Without what the checks find: a pod that hangs is started again, and none takes the whole node. */
const mended = withContainers(corrected, kept);

/** A build goes to dev, and a person moves it on. */
export const goSampleApp: System = {
  corrected,
  mended,
  found: [
    'Deployment/dev-go-sample-app containers[0].livenessProbe (probes)',
    'Deployment/dev-go-sample-app containers[0].resources.limits (resources)',
    'Deployment/prod-go-sample-app containers[0].resources.limits (resources)',
  ],
  course: { builds: { dev: { 'go-sample-app': '2020.06.22-08.00.00' } } },
  published: ['dev: created 2020.06.21-12.00.00', 'prod: created 2020.06.21-12.00.00'],
  promoted: ['dev: updated a10000000000', 'prod: updated a10000000000'],
  told: ['dev: a10000000000 by publish, promote', 'prod: a10000000000 by publish, promote'],
};
