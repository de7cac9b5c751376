import type { EngineMarks } from '../../model/derived/engine-marks.ts';
import { syncOptions } from './settings.ts';

const hook = 'argocd.argoproj.io/hook';
const syncWave = 'argocd.argoproj.io/sync-wave';

/**
 * Annotations that Argo CD reads.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export const marks: EngineMarks = {
  kept: { [syncOptions]: 'Prune=false,Delete=false' },
  // In the sync and not before it: the first sync makes what it needs. What has no wave has 0, and comes after.
  beforeJobs: { [syncWave]: '-2' },
  beforeRelease: {
    [hook]: 'Sync',
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    [syncWave]: '-1',
  },
  ownTime: [hook, syncWave],
  healthIgnored: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
};
