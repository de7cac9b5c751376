import type { Delivery } from '../../delivery.ts';
import { matchesPatterns } from '../../formats/git-pattern.ts';
import { promotionBranch } from '../../names.ts';
import type { Problem } from '../../problem.ts';
import { locatorsOf, writeMode, type Stage } from '../../stage.ts';
import { builtSourceOf } from '../../derived/kpack/built-source.ts';
import { startsWorkflows } from '../../derived/starts-workflows.ts';
import type { Supply, Trigger } from '../../supply.ts';
import { stagePath } from '../place.ts';

/** One thing that a write makes happen in a repository. */
interface GitEvent {
  readonly on: 'push' | 'pullRequest';
  readonly repository: string;
  readonly branch: string;
  /** Files that change; nothing when any may. */
  readonly files: readonly string[] | undefined;
  /** Whether workflows of the repository see it. */
  readonly startsWorkflows: boolean;
}

/** What a stage's write makes happen; the merge of a pull request is a person's push, so workflows always see it. */
function eventsOf(delivery: Delivery, stage: Stage): readonly GitEvent[] {
  const { repository, branch } = stage.write;
  const starts = startsWorkflows(delivery, stage);
  const locators = locatorsOf(stage.write);
  const files = locators.some(({ kind }) => kind === 'tree')
    ? undefined
    : [...new Set(locators.flatMap((locator) => (locator.kind === 'tree' ? [] : [locator.file])))];
  if (writeMode(stage) === 'commit') return [{ on: 'push', repository, branch, files, startsWorkflows: starts }];
  return [
    { on: 'push', repository, branch: promotionBranch(stage.environment, 'release'), files, startsWorkflows: starts },
    { on: 'pullRequest', repository, branch, files, startsWorkflows: starts },
    { on: 'push', repository, branch, files, startsWorkflows: true },
  ];
}

const touches = (paths: readonly string[] | undefined, files: readonly string[] | undefined): boolean =>
  paths === undefined || files === undefined || files.some((file) => matchesPatterns(paths, file));

function matches(trigger: Trigger, event: GitEvent): boolean {
  if (trigger.on !== 'push' && trigger.on !== 'pullRequest') return false;
  if (trigger.on !== event.on || trigger.repository !== event.repository || !touches(trigger.paths, event.files))
    return false;
  if ((trigger.by ?? 'workflow') === 'workflow' && !event.startsWorkflows) return false;
  if (trigger.on === 'pullRequest')
    return trigger.branches === undefined || matchesPatterns(trigger.branches, event.branch);
  return (
    matchesPatterns(trigger.branches, event.branch) && !matchesPatterns(trigger.branchesIgnore ?? [], event.branch)
  );
}

/** A builder that looks at a branch by itself is started by every commit on it, whatever the path. */
function implicitTriggers(supply: Supply, delivery: Delivery): readonly Trigger[] {
  if (supply.builder.kind !== 'kpack') return [];
  const built = builtSourceOf(delivery, supply);
  if (built === undefined) return [];
  return [{ on: 'push', repository: built.repository.name, branches: [built.branch], by: 'poll' }];
}

/** Where a release goes on to by itself, and what each write or artifact starts: path → paths. */
type Courses = ReadonlyMap<string, ReadonlySet<string>>;

const supplyPath = (supply: Supply): string => `supplies.${supply.name}`;

/** Stages and supplies that a published artifact starts or feeds, and stages that a healthy or written one starts. */
function courses(delivery: Delivery): Courses {
  const next = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    next.set(from, (next.get(from) ?? new Set()).add(to));
  };
  for (const supply of delivery.supplies) {
    for (const other of delivery.supplies)
      if (other.triggers.some((trigger) => publishes(supply, trigger))) add(supplyPath(supply), supplyPath(other));
  }
  for (const stage of delivery.stages) {
    if (stage.intake.from === 'supply')
      for (const supply of stage.intake.supplies) add(`supplies.${supply}`, stagePath(stage));
    for (const trigger of stage.triggers)
      if (trigger.on === 'upstreamHealthy')
        for (const upstream of trigger.stages) add(`stages.${upstream}`, stagePath(stage));
    const events = eventsOf(delivery, stage);
    for (const other of delivery.stages)
      if (startOf(other.triggers, events) !== undefined) add(stagePath(stage), stagePath(other));
  }
  return next;
}

const publishes = (supply: Supply, trigger: Trigger): boolean =>
  trigger.on === 'artifactPublished' && supply.artifacts.includes(trigger.artifact);

/** The first trigger that an event matches, and that event. */
function startOf(
  triggers: readonly Trigger[],
  events: readonly GitEvent[],
): { readonly trigger: Trigger; readonly event: GitEvent } | undefined {
  for (const trigger of triggers) {
    const event = events.find((it) => matches(trigger, it));
    if (event !== undefined) return { trigger, event };
  }
  return undefined;
}

function leadsTo(start: string, goal: string, next: Courses): boolean {
  const seen = new Set([start]);
  for (const place of seen) {
    if (place === goal) return true;
    for (const further of next.get(place) ?? []) seen.add(further);
  }
  return false;
}

const remedy = 'write to another repository or branch, or leave what is written out of the paths that trigger';

function startsAgain(started: string, triggers: readonly Trigger[], events: readonly GitEvent[]): string | undefined {
  const start = startOf(triggers, events);
  if (start === undefined) return undefined;
  const { trigger, event } = start;
  const what = event.on === 'push' ? 'a push to' : 'a pull request to';
  const files = event.files === undefined ? '' : ` that changes ${event.files.join(', ')}`;
  const by: string = 'by' in trigger ? trigger.by : 'workflow';
  const anyToken = by === 'workflow' ? '' : ', which no token prevents';
  return `starts ${started} again by ${what} branch ${event.branch} of ${event.repository}${files}${anyToken}; ${remedy}`;
}

/** A supply that is started by what it publishes itself, or by the copy of its own source. */
function supplyLoops(delivery: Delivery, next: Courses): readonly Problem[] {
  return delivery.supplies.flatMap((supply) => {
    const path = supplyPath(supply);
    const problems: Problem[] = supply.triggers.flatMap((trigger, i) => {
      const source = delivery.supplies.find(
        (other) => publishes(other, trigger) && leadsTo(path, supplyPath(other), next),
      );
      return source === undefined
        ? []
        : [
            {
              path: `${path}.triggers[${i}]`,
              message: `is started by an artifact of ${supplyPath(source)}, which it starts itself; trigger on the source alone`,
            },
          ];
    });
    if (supply.copiesTo === undefined) return problems;
    const copy: GitEvent = { on: 'push', ...supply.copiesTo, files: undefined, startsWorkflows: true };
    for (const other of delivery.supplies) {
      const message = startsAgain(supplyPath(other), other.triggers, [copy]);
      if (message !== undefined) problems.push({ path: `${path}.copiesTo`, message });
    }
    return problems;
  });
}

/** No write of a stage starts a supply, nor a stage whose course leads back to it: a promotion would promote for ever. */
export function noLoop(delivery: Delivery): readonly Problem[] {
  const next = courses(delivery);
  const supplied = delivery.supplies.map((supply) => ({
    path: supplyPath(supply),
    triggers: [...supply.triggers, ...implicitTriggers(supply, delivery)],
  }));
  const staged = delivery.stages.map((stage) => ({ path: stagePath(stage), triggers: stage.triggers }));
  const writeLoops = delivery.stages.flatMap((stage) => {
    const path = stagePath(stage);
    const events = eventsOf(delivery, stage);
    const back = staged.filter((other) => next.get(path)?.has(other.path) === true && leadsTo(other.path, path, next));
    return [...supplied, ...back].flatMap((started) => {
      const message = startsAgain(started.path, started.triggers, events);
      return message === undefined ? [] : [{ path: `${path}.write`, message }];
    });
  });
  return [...writeLoops, ...supplyLoops(delivery, next)];
}
