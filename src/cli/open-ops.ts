import { environmentOf } from '../model/delivery.ts';
import { readProgram } from '../ops/program/program.ts';
import type { OpsContext, OpsStep } from '../ops/ops-context.ts';
import { openOpsRepository } from '../ops/repository/open-ops-repository.ts';
import { environmentWorkflows } from '../workflows/workflows-of.ts';
import type { OpenProject } from './open-project.ts';
import { render } from './rendering.ts';
import { requesterOf } from './requester.ts';

/** Which ops repository a command works on. */
export interface OpsTarget {
  /** Path or URL given with `--ops`. @default - the local one, `.portolan/ops.git` */
  readonly address?: string | undefined;
  readonly onStep?: (step: OpsStep) => void;
}

/** Opens the ops repository and everything that an operation on it needs. @throws OpsError when it cannot be used */
export async function openOps(project: OpenProject, { address, onStep }: OpsTarget = {}): Promise<OpsContext> {
  const { delivery, folder } = project;
  const program = delivery.repositories.find((repository) => repository.holds.includes('program'));
  const [repository, readProgramCommit] = await Promise.all([
    openOpsRepository({ projectFolder: folder, ...(address === undefined ? {} : { address }) }),
    readProgram({ folder, ...(program?.defaultBranch === undefined ? {} : { defaultBranch: program.defaultBranch }) }),
  ]);
  await repository.refresh();
  return {
    repository,
    delivery,
    render: (environment, release) => render(project, environmentOf(delivery, environment), release),
    extraFiles: (environment) => environmentWorkflows(delivery, environment),
    program: readProgramCommit,
    requester: requesterOf(process.env),
    clock: () => new Date(),
    ...(onStep === undefined ? {} : { onStep }),
  };
}
