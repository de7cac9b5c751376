import type { Delivery } from '../../../src/model/delivery.ts';
import { startsWorkflows } from '../../../src/model/derived/starts-workflows.ts';
import { matchesPatterns } from '../../../src/model/formats/git-pattern.ts';
import { locatorsOf, writeMode, type Stage } from '../../../src/model/stage.ts';
import type { Supply, Trigger } from '../../../src/model/supply.ts';

/** Something that happened, and of which version of the source it is. */
type Happening =
  | {
      readonly what: 'push' | 'pullRequest';
      readonly repository: string;
      readonly branch: string;
      /** @default - any file */
      readonly files?: readonly string[];
      readonly startsWorkflows: boolean;
    }
  | { readonly what: 'published'; readonly artifact: string; readonly version: number }
  | { readonly what: 'healthy'; readonly stage: string; readonly version: number }
  /** Somebody says to what moves a stage that it is to look: the registry, or a stranger; and it looks, told or at its time. */
  | { readonly what: 'told' | 'looks'; readonly stage: string };

/** What came of one order of events. */
export interface Played {
  /** Whether nothing was left to happen. */
  readonly ended: boolean;
  readonly builds: number;
  readonly writes: number;
  /** Stages that are told to look, and at the end do not run the newest that they take. */
  readonly behind: readonly string[];
}

/** Numbers below 1 that look like chance and are the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/**
 * Plays a delivery: people push, whatever a trigger, a builder or a promoter of the model does follows, and of what could happen next something happens by
 * chance. Each build is a new version, a stage writes a version once and never an older one, and a write is a push like any other. A registry that tells of what
 * was published does so up to three times, late and out of order, strangers tell the same of nothing, and a call while a look goes on starts none.
 *
 * @param pushes - how often people push to each source
 * @param most - happenings after which it is given up
 */
export function play(delivery: Delivery, seed: number, pushes = 3, most = 400): Played {
  const random = chance(seed);
  const waiting: Happening[] = delivery.supplies.flatMap(({ source }) => {
    const { defaultBranch = 'main' } = delivery.repositories.find(({ name }) => name === source) ?? {};
    const push = { what: 'push', repository: source, branch: defaultBranch, startsWorkflows: true } as const;
    return Array.from({ length: pushes }, () => push);
  });
  const runs = new Map<string, number>();
  const newest = new Map<string, number>();
  const looking = new Set<string>();
  const isTold = ({ triggers }: Stage): boolean =>
    triggers.some((trigger) => trigger.on === 'artifactPublished' && trigger.by === 'webhook');
  for (const stage of delivery.stages.filter(isTold)) waiting.push({ what: 'told', stage: stage.name });
  let [builds, writes] = [0, 0];

  const build = (supply: Supply): void => {
    builds += 1;
    for (const artifact of supply.artifacts) waiting.push({ what: 'published', artifact, version: builds });
  };
  /** A supply is started: what it builds is copied first, where it says so, and a builder that looks there finds it. */
  const start = (supply: Supply): void => {
    const { copiesTo, builder } = supply;
    if (copiesTo !== undefined) waiting.push({ what: 'push', ...copiesTo, startsWorkflows: true });
    if (builder.kind !== 'kpack') build(supply);
  };
  const write = (stage: Stage, version: number): void => {
    if ((runs.get(stage.name) ?? 0) >= version) return;
    runs.set(stage.name, version);
    writes += 1;
    const { repository, branch } = stage.write;
    const locators = locatorsOf(stage.write);
    const files = locators.flatMap((locator) => (locator.kind === 'tree' ? [] : [locator.file]));
    const changed = {
      repository,
      ...(files.length < locators.length ? {} : { files }),
      startsWorkflows: startsWorkflows(delivery, stage),
    };
    if (writeMode(stage) === 'commit') waiting.push({ what: 'push', branch, ...changed });
    else
      waiting.push(
        { what: 'pullRequest', branch, ...changed },
        // A person merges it.
        { what: 'push', branch, ...changed, startsWorkflows: true },
      );
    waiting.push({ what: 'healthy', stage: stage.name, version });
  };
  const takes = ({ intake }: Stage, artifact: string): boolean =>
    intake.from === 'supply' &&
    delivery.supplies.some(({ name, artifacts }) => intake.supplies.includes(name) && artifacts.includes(artifact));

  const happen = (now: Happening): void => {
    switch (now.what) {
      case 'push':
      case 'pullRequest':
        for (const supply of delivery.supplies) {
          if (supply.triggers.some((trigger) => isStartedBy(trigger, now))) start(supply);
          if (looksAt(delivery, supply, now)) build(supply);
        }
        return;
      case 'published':
        for (const supply of delivery.supplies)
          if (supply.triggers.some((it) => it.on === 'artifactPublished' && it.artifact === now.artifact))
            start(supply);
        for (const stage of delivery.stages.filter((it) => takes(it, now.artifact))) {
          newest.set(stage.name, Math.max(newest.get(stage.name) ?? 0, now.version));
          if (isTold(stage)) {
            const call = { what: 'told', stage: stage.name } as const;
            // The last one is a look at its time, which calls that are lost are made up for by.
            waiting.push(...Array.from({ length: 1 + Math.floor(random() * 3) }, () => call), {
              ...call,
              what: 'looks',
            });
          } else if (stage.triggers.some(({ on }) => on !== 'manual')) write(stage, now.version);
        }
        return;
      case 'told':
        if (looking.has(now.stage)) return;
        looking.add(now.stage);
        waiting.push({ what: 'looks', stage: now.stage });
        return;
      case 'looks':
        looking.delete(now.stage);
        for (const stage of delivery.stages) if (stage.name === now.stage) write(stage, newest.get(stage.name) ?? 0);
        return;
      case 'healthy':
        for (const stage of delivery.stages)
          if (stage.triggers.some((it) => it.on === 'upstreamHealthy' && it.stages.includes(now.stage)))
            write(stage, now.version);
    }
  };

  for (let happened = 0; happened < most; happened += 1) {
    const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
    if (next === undefined) break;
    happen(next);
  }
  const behind = delivery.stages.flatMap((stage) =>
    isTold(stage) && runs.get(stage.name) !== newest.get(stage.name) ? [stage.name] : [],
  );
  return { ended: waiting.length === 0, builds, writes, behind };
}

type OfGit = Extract<Happening, { readonly what: 'push' | 'pullRequest' }>;

function isStartedBy(trigger: Trigger, { what, repository, branch, files, startsWorkflows: starts }: OfGit): boolean {
  if ((trigger.on !== 'push' && trigger.on !== 'pullRequest') || trigger.on !== what) return false;
  const { branches, paths } = trigger;
  const ignored = trigger.on === 'push' ? (trigger.branchesIgnore ?? []) : [];
  return (
    trigger.repository === repository &&
    ((trigger.by ?? 'workflow') !== 'workflow' || starts) &&
    (branches === undefined || matchesPatterns(branches, branch)) &&
    !matchesPatterns(ignored, branch) &&
    (paths === undefined || files === undefined || files.some((file) => matchesPatterns(paths, file)))
  );
}

/** A builder that looks at a branch builds whatever is pushed there, by whomever: what is copied, else the branch that it is told, else the default one. */
function looksAt(
  { repositories }: Delivery,
  { builder, copiesTo, source, triggers }: Supply,
  { what, repository, branch }: OfGit,
): boolean {
  if (builder.kind !== 'kpack' || what !== 'push') return false;
  const looked = repositories.find(({ name }) => name === (copiesTo?.repository ?? source));
  const [told] = triggers.flatMap((it) => (it.on === 'push' ? it.branches : []));
  return looked?.name === repository && branch === (copiesTo?.branch ?? told ?? looked.defaultBranch ?? 'main');
}
