import type { EngineMarks } from '../../model/derived/engine-marks.ts';
import { syncOptions } from './settings.ts';

/**
 * Annotations that Argo CD reads.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export const marks: EngineMarks = {
  kept: { [syncOptions]: 'Prune=false,Delete=false' },
  healthIgnored: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
};
