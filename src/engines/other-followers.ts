import type { Binding } from './binding.ts';
import type { WatchedObject } from './watched-object.ts';
import type { EngineInCluster } from './engine-in-cluster.ts';
import { engineOf, everyEngine, usualEngine } from './engines.ts';

/** An object by which another engine than its own may follow an environment. */
export interface OtherFollower {
  readonly watched: WatchedObject;
  readonly letGo: EngineInCluster['letGo'];
}

/** What every other engine would follow an environment by: where it is there, two engines prune what the other one makes. */
export const otherFollowers = (binding: Pick<Binding, 'delivery' | 'environment'>): readonly OtherFollower[] => {
  const own = (engineOf(binding.delivery, binding.environment.name) ?? usualEngine).kind;
  return everyEngine
    .filter(({ kind }) => kind !== own)
    .flatMap(({ watches, letGo }) =>
      binding.environment.applications.map((application) => ({ watched: watches(binding, application), letGo })),
    );
};
