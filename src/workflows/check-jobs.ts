import { checkPath } from '../model/derived/supply-checks.ts';
import type { Supply } from '../model/supply.ts';
import type { CalledJob, Job } from '../hosts/workflow/workflow.ts';

/** Jobs of a workflow that builds. */
export type BuildingJobs = Readonly<Record<string, Job | CalledJob>>;

/**
 * A job for each check of a supply, and the jobs that build, which need them. A check is the source's own workflow: it reads the source, and
 * is handed no secret.
 */
export function afterChecks({ checks }: Supply, building: Readonly<Record<string, Job>>): BuildingJobs {
  if (checks.length === 0) return building;
  return {
    ...Object.fromEntries(
      checks.map((check): [string, CalledJob] => [
        check,
        { name: check, permissions: { contents: 'read' }, calls: checkPath(check) },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(building).map(([id, job]) => [id, { ...job, needs: [...checks, ...(job.needs ?? [])] }]),
    ),
  };
}
