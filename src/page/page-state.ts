import type { LiveApplication } from '../engines/live-application.ts';
import type { HistoryLine } from '../ops/history/history-line.ts';
import type { UnitStatus } from '../ops/status/read-status.ts';
import type { ServiceSheet } from './now/service-sheet.ts';
import type { Review } from './review/review.ts';

/** What a cluster said of a unit, or why it was not asked. */
export type UnitLive =
  | { readonly applications: readonly LiveApplication[]; readonly pending: readonly string[] }
  | { readonly notAsked: string };

/** A unit of an environment as the page shows it: where it stands, and how it came there. */
export interface UnitState {
  readonly status: UnitStatus;
  readonly live: UnitLive;
  /** What must be true before something is moved to it, e.g. `a pull request with 1 approval`. @default - nothing */
  readonly gate?: string;
  /** Every state that its branch has on record, newest first. */
  readonly states: readonly HistoryLine[];
  /** Commits whose record nobody can read. */
  readonly unreadable: readonly { readonly commit: string; readonly why: string }[];
}

/** What may be requested of a cluster, and what the program requests, in words. */
export interface CapacitySheet {
  readonly cpu: string;
  readonly memory: string;
  /** What the cluster gives, where the program says it. @default - not declared */
  readonly of?: { readonly cpu: string; readonly memory: string };
  /** What runs there besides and is not counted, e.g. `charts`. @default - nothing */
  readonly besides?: string;
}

/** An environment as the page shows it. */
export interface EnvironmentState {
  readonly name: string;
  /** E.g. `cluster local, namespace dev`. */
  readonly place: string;
  /** What its applications share comes first, where there are several. */
  readonly units: readonly UnitState[];
  readonly services: readonly ServiceSheet[];
  readonly capacity: CapacitySheet;
}

/** A group that is folded in the topology, as a picture of its own. */
export interface PicturedPart {
  /** Id that its box in the topology leads to. */
  readonly id: string;
  /** E.g. `dev: orders`. */
  readonly name: string;
  /** What is in it, e.g. `12 services`. */
  readonly holds: readonly string[];
  /** As an SVG element, with the style of the topology. */
  readonly picture: string;
}

/** Everything that the page of a delivery shows. The same state gives the same bytes. */
export interface PageState {
  /** Name of the delivery. */
  readonly title: string;
  /** Version of Portolan, e.g. `0.1.0`. */
  readonly version: string;
  /** As of when, in UTC: `2026-01-31T12:00:00Z`. Ages are counted to it. */
  readonly at: string;
  /** Address of the ops repository, as it may be shown. */
  readonly repository: string;
  /** Address of a commit of the ops repository, for links; nothing where it has none. */
  readonly commitAddress: (commit: string) => string | undefined;
  /** The topology, as an SVG element. */
  readonly picture: string;
  /** What is folded in it; none where it is small enough to be read. */
  readonly parts: readonly PicturedPart[];
  /** In the order in which releases reach them. */
  readonly environments: readonly EnvironmentState[];
  /** When commits of the source were made, in UTC, by commit; what is not here is not known. */
  readonly sourceTimes: ReadonlyMap<string, string>;
  /** Changes that wait for somebody, or that the page was asked for. */
  readonly reviews: readonly Review[];
  /** Why nobody could say which pull requests are open, where the host was asked. @default - it said */
  readonly withoutPullRequests?: string;
}
