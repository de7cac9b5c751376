import type { Application, KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import { numberOf, textOf, valueAt } from '../../objects/fields.ts';
import { apiGroup } from '../../objects/kind.ts';
import { chartHealth, isHelmRelease, triesSeconds } from './charts/helm-release.ts';
import { beforeRelease, hookMark, isHook } from './hooks.ts';
import { kustomization } from './kustomization.ts';
import { isGround, isJobOfRelease, partMark } from './settings.ts';

/** An application that a Kustomization follows. */
export interface FollowedApplication {
  /** Name of its Kustomization, and of its GitRepository. */
  readonly name: string;
  readonly application: Application;
  readonly objects: readonly KubernetesObject[];
  readonly prune: boolean;
  /** Minutes between two looks at the cluster. */
  readonly pollMinutes: number;
}

/**
 * Names of the Kustomizations beside that of an application, in the order in which they are done: what runs before everything, what jobs need,
 * and the jobs.
 */
export const besideNames = (kustomization: string): Readonly<Record<'before' | 'ground' | 'jobs', string>> => ({
  before: `${kustomization}-before`,
  ground: `${kustomization}-ground`,
  jobs: `${kustomization}-jobs`,
});

/** Shortest time that a commit is given until everything in it is healthy, in minutes. */
const leastTimeoutMinutes = 5;

/** What one without an answer of its own gives up after, in seconds. */
const usualDeadlineSeconds = 600;

/** Seconds until Kubernetes itself gives up on an object; nothing where it waits for ever. */
function deadlineSeconds(object: KubernetesObject): number {
  const { kind, spec } = object;
  if (kind === 'Deployment') return numberOf(valueAt(spec, 'progressDeadlineSeconds')) ?? usualDeadlineSeconds;
  if (isHelmRelease(object)) return triesSeconds(spec);
  return kind === 'Job' ? (numberOf(valueAt(spec, 'activeDeadlineSeconds')) ?? 0) : 0;
}

/** Flux gives up after Kubernetes did: before, it would call a slow start a failure. */
const timeoutMinutes = (objects: readonly KubernetesObject[]): number =>
  Math.max(leastTimeoutMinutes, ...objects.map((object) => Math.ceil(deadlineSeconds(object) / 60) + 1));

/** Kinds that an application defines, as `group/Kind`. */
const definedBy = (objects: readonly KubernetesObject[]): ReadonlySet<string> =>
  new Set(
    objects
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ spec }) => `${textOf(valueAt(spec, 'group'))}/${textOf(valueAt(spec, 'names', 'kind'))}`),
  );

/**
 * The Kustomizations of an environment. An application with objects of a kind that another one defines waits for that; what runs before a
 * release has a Kustomization of its own, for which the rest waits, and so have jobs of services: what they need comes before them, and
 * everything else after.
 */
export function kustomizations(
  shared: { readonly environment: Environment; readonly account: string },
  followed: readonly FollowedApplication[],
): readonly KubernetesObject[] {
  const defined = followed.map(({ name, objects }) => ({ name, kinds: definedBy(objects) }));
  return followed.flatMap(({ objects, ...own }) => {
    const dependsOn = defined
      .filter(
        ({ name, kinds }) => name !== own.name && objects.some((each) => kinds.has(`${apiGroup(each)}/${each.kind}`)),
      )
      .map(({ name }) => name);
    return partsOf(own.name, objects).map(({ name, objects: within, force, leavesOut }, i, parts) =>
      kustomization({
        ...shared,
        ...own,
        name,
        source: own.name,
        timeoutMinutes: timeoutMinutes(within),
        force,
        leavesOut,
        health: within.some(isHelmRelease) ? [chartHealth] : [],
        dependsOn: [...dependsOn, ...parts.slice(Math.max(0, i - 1), i).map((earlier) => earlier.name)],
      }),
    );
  });
}

/** A Kustomization of an application, and what of its folder it applies. */
interface Part {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  readonly force: boolean;
  readonly leavesOut: readonly string[];
}

/** The Kustomizations of an application, each of which waits for the one before it; the last has the application's name. */
function partsOf(name: string, objects: readonly KubernetesObject[]): readonly Part[] {
  const names = besideNames(name);
  const hooks = objects.filter(isHook);
  const jobs = objects.filter(isJobOfRelease);
  const ground = objects.filter(isGround);
  const others = objects.filter((it) => !isHook(it) && !isJobOfRelease(it) && !isGround(it));
  const leavesHooks = hooks.length === 0 ? [] : [`${hookMark}=${beforeRelease}`];
  const part = (
    own: string,
    within: readonly KubernetesObject[],
    leavesOut: readonly string[],
    force = false,
  ): Part => ({
    name: own,
    objects: within,
    force,
    leavesOut,
  });
  return [
    ...(hooks.length === 0 ? [] : [part(names.before, hooks, [`${hookMark}!=${beforeRelease}`], true)]),
    ...(jobs.length === 0
      ? [part(name, [...ground, ...others], leavesHooks)]
      : [
          part(names.ground, ground, [`${partMark}!=ground`]),
          part(names.jobs, jobs, [`${partMark}!=jobs`], true),
          part(name, others, [...leavesHooks, partMark]),
        ]),
  ];
}
