import { faceOf, isCarried } from '../builders/builders.ts';
import type { WorkflowBuilder } from '../builders/builder.ts';
import type { BuiltTag, Call } from '../hosts/workflow/call.ts';
import { expression, type Job } from '../hosts/workflow/workflow.ts';
import { environmentOf, type Delivery } from '../model/delivery.ts';
import { artifactsOf } from '../model/derived/object-images.ts';
import type { Repository } from '../model/repository.ts';
import type { Stage } from '../model/stage.ts';
import type { Supply } from '../model/supply.ts';

/** Jobs that build, and how a promotion behind them is called. */
export interface Build {
  readonly jobs: Readonly<Record<string, Job>>;
  /** How a promotion to a stage is called: with what was built and its application runs, and nothing else. */
  readonly callFor: (stage: Stage) => Call;
}

const workflowBuilderOf = ({ builder }: Supply): WorkflowBuilder | undefined =>
  isCarried(builder) ? faceOf(builder).workflow : undefined;

/** Whether workflows of a repository build a supply. */
export const isBuiltIn = (supply: Supply, source: Repository): boolean =>
  supply.source === source.name && workflowBuilderOf(supply) !== undefined;

/** The job that tries a supply; nothing where no workflow builds it. */
export const tryJobs = (delivery: Delivery, supply: Supply): Readonly<Record<string, Job>> => {
  const builder = workflowBuilderOf(supply);
  return builder === undefined ? {} : { build: builder.attempt(delivery, [supply]) };
};

/**
 * One job for each builder of the supplies, `build` where there is one.
 *
 * @param built - what is built. @default - the commit that the run is of
 */
export function buildJobs(
  delivery: Delivery,
  source: Repository,
  supplies: readonly Supply[],
  built?: BuiltTag,
): Build {
  const kinds = [...new Set(supplies.map(({ builder }) => builder.kind))];
  const builds = kinds.flatMap((kind) => {
    const own = supplies.filter(({ builder }) => builder.kind === kind);
    const builder = own[0] === undefined ? undefined : workflowBuilderOf(own[0]);
    const id = kinds.length === 1 ? 'build' : `build-${kind.toLowerCase()}`;
    if (builder === undefined) return [];
    // A build may make what the application of the stage does not run, as a chart beside its image.
    const call = (stage: Stage): Call =>
      builder.built(own, id, artifactsOf(environmentOf(delivery, stage.environment), stage.application));
    const version = built === undefined ? builder.version?.(delivery, own) : undefined;
    if (version === undefined) return [{ jobs: { [id]: builder.job(delivery, source, own, built) }, call }];
    const decider = id.replace('build', 'version');
    const decided = `needs.${decider}.outputs.version`;
    const job = builder.job(delivery, source, own, { commit: expression('github.sha'), gitTag: expression(decided) });
    return [{ jobs: { [decider]: version, [id]: { ...job, needs: [decider], if: `${decided} != ''` } }, call }];
  });
  return {
    jobs: Object.assign({}, ...builds.map(({ jobs }) => jobs)) as Build['jobs'],
    callFor: (stage) => ({
      env: Object.assign({}, ...builds.map(({ call }) => call(stage).env)) as Call['env'],
      arguments: builds.flatMap(({ call }) => call(stage).arguments),
    }),
  };
}
