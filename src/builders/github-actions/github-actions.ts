import type { BuilderPlugin } from '../builder.ts';
import { buildJob, builtImages, tryJob } from './build-job.ts';
import { versionJob } from './version-job.ts';

/** GitHub Actions: one job of a workflow builds each image once. */
export const githubActions: BuilderPlugin<'githubActions'> = {
  kind: 'githubActions',
  words: () => 'built by GitHub Actions',
  workflow: { job: buildJob, version: versionJob, built: builtImages, attempt: tryJob },
  checks: [],
};
