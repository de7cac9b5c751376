import type { Application, KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import { numberOf, textOf, valueAt } from '../../objects/fields.ts';
import { apiGroup } from '../../objects/kind.ts';
import { isHook } from './hooks.ts';
import { kustomization } from './kustomization.ts';

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

/** Name of the Kustomization for what runs before a release, beside that of the application. */
export const beforeName = (kustomization: string): string => `${kustomization}-before`;

/** Shortest time that a commit is given until everything in it is healthy, in minutes. */
const leastTimeoutMinutes = 5;

/** What one without an answer of its own gives up after, in seconds. */
const usualDeadlineSeconds = 600;

/** Seconds until Kubernetes itself gives up on an object; nothing where it waits for ever. */
function deadlineSeconds({ kind, spec }: KubernetesObject): number {
  if (kind === 'Deployment') return numberOf(valueAt(spec, 'progressDeadlineSeconds')) ?? usualDeadlineSeconds;
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
 * release has a Kustomization of its own, for which the rest waits.
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
    const hooks = objects.filter(isHook);
    const rest = objects.filter((object) => !isHook(object));
    const input = { ...shared, ...own, source: own.name, timeoutMinutes: timeoutMinutes(rest) };
    if (hooks.length === 0) return [kustomization({ ...input, dependsOn, part: 'all' })];
    const before = beforeName(own.name);
    return [
      kustomization({ ...input, name: before, timeoutMinutes: timeoutMinutes(hooks), dependsOn, part: 'before' }),
      kustomization({ ...input, dependsOn: [...dependsOn, before], part: 'rest' }),
    ];
  });
}
