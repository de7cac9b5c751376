import type { Engine } from '../model/stage.ts';

/** Where Git keeps under which name a person is known at GitHub. */
export const LOGIN_SETTING = 'github.user';

/** What follows the branches of a new project, as its face says it. */
export interface Follower {
  readonly title: string;
  /** What a stage says of it. */
  readonly engine: Engine;
  /** Namespace that it runs in. */
  readonly namespace: string;
  /** Key of the Secret that it reads the ops repository with. */
  readonly key: string;
}

/** What a new repository is made from. */
export interface Answers {
  /** Name of the system, e.g. `shop`. */
  readonly name: string;
  /** Where its images lie, e.g. `ghcr.io/acme`. */
  readonly registry: string;
  /** Owner of its repositories at GitHub. */
  readonly owner: string;
  /** Host of the last environment; another one has its name in front. */
  readonly host: string;
  /** In the order in which a release passes them. */
  readonly environments: readonly string[];
  readonly follower: Follower;
  readonly pulumi: boolean;
}
