import type { EngineMarks } from '../../model/derived/engine-marks.ts';
import { hookMark } from './hooks.ts';
import { partMark, pruneMark } from './settings.ts';

/**
 * What data is annotated with so that it stays. An environment may come from Argo CD, whose Application would take its claims along if it
 * were deleted after the branch changed: they keep what it reads, too.
 */
export const marks: EngineMarks = {
  kept: { [pruneMark]: 'disabled' },
  keptByOthers: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
  beforeJobs: { [partMark]: 'ground' },
  beforeRelease: { [partMark]: 'jobs' },
  ownTime: [hookMark, partMark],
  healthIgnored: {},
  writesDefaults: true,
};
