import type { PromoterPlugin } from '../promoter.ts';
import { lookJob } from './look-job.ts';
import { promoteJob } from './promote-job.ts';

/** The program itself: a job of a workflow runs `portolan promote`, and so does a person. */
export const githubActions: PromoterPlugin<'githubActions'> = {
  kind: 'githubActions',
  title: 'GitHub Actions',
  job: promoteJob,
  look: lookJob,
  checks: [],
};
