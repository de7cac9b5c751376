import type { Engine } from '../../src/model/stage.ts';

/** An engine of the cluster, asked and watched through its own objects: what every engine is asked for in the same words. */
export interface ClusterEngine {
  readonly kind: Engine['kind'];
  readonly title: string;
  /** Namespace that it runs in, and its own objects and keys with it. */
  readonly namespace: string;
  /** What `wait` and `status` say of an object that could not be applied, e.g. `not synced`. */
  readonly refusal: string;
  /** What else leaves the branch with the last object that belongs to the whole cluster, as `Kind/name`. */
  limitsOfCluster(environment: string): readonly string[];
  /** Its own object that an application is watched by, as `Kind/name`. */
  watched(environment: string): string;
  /** Does what the ops repository's webhook does: says that there is something new. Else the engine looks at the branch now and then. */
  announce(environment: string): Promise<void>;
  /** Waits until an environment is healthy at a commit and nothing is under way. Returns the seconds it took. */
  settles(environment: string, commit: string, seconds?: number): Promise<number>;
  /** Waits until everything of a commit is applied, whatever its health. */
  applies(environment: string, commit: string, seconds?: number): Promise<void>;
  /** Waits until a commit is applied and what it changed is on its way: neither healthy nor given up. */
  rollsOut(environment: string, commit: string, seconds?: number): Promise<void>;
  /** Waits until a commit cannot be applied, and returns why. */
  refuses(environment: string, commit: string, seconds?: number): Promise<string>;
  /** Whether what could not be applied is tried again and again. */
  keepsTrying(environment: string): Promise<boolean>;
  /** Whether it calls what runs broken. */
  isDegraded(environment: string): Promise<boolean>;
  /** Objects that it looks after, as `Kind/name`. */
  tracked(environment: string): Promise<ReadonlySet<string>>;
  /** Stops what is tried again and again and stands in the way of everything else. */
  abandon(environment: string): Promise<void>;
  /** Deletes what it is watched by, and waits until that is gone. */
  remove(environment: string): Promise<void>;
}
