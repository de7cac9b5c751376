import { environmentOf, repositoryHolding } from '../../model/delivery.ts';
import type { Unit } from '../../model/derived/units.ts';
import { NothingWhole } from '../../ops/branch/branch-state.ts';
import { readPublished } from '../../ops/branch/published-objects.ts';
import { readProgram } from '../../ops/program/program.ts';
import type { OpsContext, OpsStep } from '../../ops/ops-context.ts';
import { turnsIn } from '../../ops/in-turn.ts';
import { branchWorkflows } from '../../workflows/lacking-credentials.ts';
import { describeProposalWith } from '../ask/describe-proposal.ts';
import { pullRequestsOf } from './github-access.ts';
import { digestOf } from '../project/digest.ts';
import { noFacts } from '../project/kept-facts.ts';
import type { OpenProject } from '../project/open-project.ts';
import { renderChecked, type Rendering } from '../trees/rendering.ts';
import { liveBootstrap } from './live-bootstrap.ts';
import { openRepository } from './open-repository.ts';
import { requesterOf } from './requester.ts';
import { shortPath } from '../words/short-path.ts';

/** Which ops repository a command works on. */
export interface OpsTarget {
  /** Path or URL given with `--ops`. @default - the local one, `.portolan/ops.git` */
  readonly address?: string | undefined;
  readonly onStep?: (step: OpsStep) => void;
  /** Checkout of the source, for the commits that a pull request names. @default - the project's folder */
  readonly sourceFolder?: string | undefined;
  /** Whether a person asks, wherever the command runs. @default - as it looks */
  readonly byHand?: boolean | undefined;
  /** What the project rendered already. @default - nothing */
  readonly rendered?: readonly Rendering[];
}

/** Opens the ops repository and everything that an operation on it needs. @throws OpsError when it cannot be used */
export async function openOps(
  project: OpenProject,
  { address, onStep, sourceFolder = project.folder, byHand = false, rendered = [] }: OpsTarget = {},
): Promise<OpsContext> {
  const { delivery, folder } = project;
  const server = project.settings.platform.github.baseUrl;
  const held = repositoryHolding(delivery, 'program');
  const [repository, program] = await Promise.all([
    openRepository(project, address),
    readProgram({
      folder,
      ...(held?.defaultBranch === undefined ? {} : { defaultBranch: held.defaultBranch }),
      ...(held === undefined ? {} : { repository: held }),
    }),
  ]);
  const clock = (): Date => new Date();
  const pullRequests = address === undefined ? undefined : await pullRequestsOf(address, process.env, server);
  return {
    repository,
    delivery,
    render: async (unit, release) =>
      renderChecked(project, unit, release, await readable({ repository, delivery }, unit), rendered),
    extraFiles: (unit) => branchWorkflows(delivery, unit, repository.isLocal),
    ...asRenderedBy(project, repository.isLocal),
    program,
    inTurn: turnsIn(repository.gitDir),
    requester: requesterOf(process.env, await pullRequests?.whoAmI?.(), {
      atTerminal: process.stdin.isTTY || process.stderr.isTTY,
      byHand,
    }),
    clock,
    describeProposal: describeProposalWith({ project, repository, sourceFolder, clock }),
    liveBootstrap: (name) => liveBootstrap(project, environmentOf(delivery, name)),
    ...(pullRequests === undefined ? {} : { pullRequests }),
    ...(onStep === undefined ? {} : { onStep }),
  };
}

/** What is known of commits; nothing where charts are rendered by another program, which may be another one tomorrow. */
function asRenderedBy(
  { delivery, renderChart, facts = noFacts }: OpenProject,
  isLocal: boolean,
): Pick<OpsContext, 'asRendered'> {
  if (renderChart !== undefined) return {};
  const what = 'a commit holds what is rendered:';
  let digest: string | undefined;
  const valuesOf = ({ environment, application }: Unit, commit: string): readonly unknown[] | undefined => {
    digest ??= digestOf([delivery, isLocal]);
    return digest === undefined ? undefined : [digest, environment, application, commit];
  };
  return {
    asRendered: {
      isKnown(unit, commit) {
        const values = valuesOf(unit, commit);
        return values !== undefined && facts.isKnown(what, ...values);
      },
      learn(unit, commit) {
        const values = valuesOf(unit, commit);
        if (values !== undefined) facts.learn(what, ...values);
      },
    },
  };
}

/** Where the ops repository is, for progress. */
export const shownPlaceOf = ({ repository: { isLocal, shown } }: OpsContext): string =>
  isLocal ? shortPath(shown) : shown;

/** What a branch holds; nothing where no commit of it can be believed, which only a writer gets past that is told so. */
async function readable(...given: Parameters<typeof readPublished>): ReturnType<typeof readPublished> {
  try {
    return await readPublished(...given);
  } catch (error) {
    if (error instanceof NothingWhole) return undefined;
    throw error;
  }
}
