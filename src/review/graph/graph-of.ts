import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { releaseId } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import { builderWords, gateWords, rebuilds, triggerWords } from './course-words.ts';
import type { Course, Graph, Harbour, Source } from './graph.ts';
import { harbourContent } from './content/harbour-content.ts';

/**
 * The topology of a delivery: where releases come from, the environments with what runs in them, and the courses between.
 *
 * @param releases - what runs where, by environment name. @default - the releases that new environments start from
 */
export function graphOf(
  delivery: Delivery,
  releases: Readonly<Record<string, string>> = initialReleases(delivery),
): Graph {
  const harbours = inCourseOrder(delivery).map((environment): Harbour => {
    const release = Object.hasOwn(releases, environment.name) ? releases[environment.name] : undefined;
    return {
      id: harbourId(environment.name),
      name: environment.name,
      place: placeOf(environment),
      ...(release === undefined ? {} : { release: shortened(release) }),
      ...harbourContent(environment),
    };
  });
  const sources = delivery.supplies.map((supply): Source => ({
    id: sourceId(supply.name),
    name: supply.name,
    repository: supply.source,
    artifacts: supply.artifacts,
    builder: builderWords(supply.builder),
  }));
  return { title: delivery.name, sources, harbours, courses: coursesOf(delivery) };
}

/** Where an environment is, and what all of its pods may do beyond Pod Security "restricted". */
const placeOf = ({ cluster, namespace, podSecurity }: Environment): string =>
  [
    `cluster ${cluster.name}, namespace ${namespace}`,
    ...(podSecurity === undefined ? [] : [`Pod Security ${podSecurity.level}: ${podSecurity.reason}`]),
  ].join(', ');

/** A whole commit says no more than its first twelve digits. */
const shortened = (release: string): string => release.replace(/\b([0-9a-f]{12})[0-9a-f]{28}\b/g, '$1');

const harbourId = (environment: string): string => `environment ${environment}`;
const sourceId = (supply: string): string => `supply ${supply}`;

const initialReleases = ({ initialReleases: releases }: Delivery): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(releases).map(([environment, release]) => [environment, releaseId(release)]));

/** Environments as releases reach them; those that no stage reaches come last. */
function inCourseOrder({ environments, stages }: Delivery): readonly Environment[] {
  const depthOf = (name: string, seen: readonly string[] = []): number => {
    const own = stages.filter(({ environment }) => environment === name);
    if (own.length === 0) return Number.MAX_SAFE_INTEGER;
    const upstream = own
      .flatMap((stage) => upstreamOf(stages, stage))
      .filter((from) => !seen.includes(from) && from !== name);
    return 1 + Math.max(0, ...upstream.map((from) => depthOf(from, [...seen, name])));
  };
  return [...environments]
    .map((environment) => ({ environment, depth: depthOf(environment.name) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ environment }) => environment);
}

/** Environments whose verified releases may enter a stage. */
function upstreamOf(stages: readonly Stage[], { intake }: Stage): readonly string[] {
  return intake.from !== 'stages'
    ? []
    : stages.filter(({ name }) => intake.stages.includes(name)).map(({ environment }) => environment);
}

/** One course for each pair of places, however many stages share it. */
function coursesOf({ stages }: Delivery): readonly Course[] {
  const courses = new Map<string, Course>();
  for (const stage of stages) {
    const origins =
      stage.intake.from === 'supply' ? stage.intake.supplies.map(sourceId) : upstreamOf(stages, stage).map(harbourId);
    for (const from of origins) {
      const to = harbourId(stage.environment);
      const key = `${from}\0${to}`;
      const known = courses.get(key);
      const gate = [...new Set([known?.gate, gateWords(stage.gate)].filter((words) => words !== undefined))].join(
        ', or ',
      );
      courses.set(key, {
        from,
        to,
        triggers: [...new Set([...(known?.triggers ?? []), ...stage.triggers.map(triggerWords)])],
        ...(gate === '' ? {} : { gate }),
        rebuilds: (known?.rebuilds ?? false) || rebuilds(stage),
      });
    }
  }
  return [...courses.values()].filter(({ from, to }) => from !== to);
}
