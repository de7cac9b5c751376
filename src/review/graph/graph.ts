/** What a node of the picture is. */
export type NodeKind =
  /** Built by a supply of this delivery: a service, or a chart with all that it makes. */
  | 'service'
  /** A service whose images are all somebody else's, e.g. a broker; every hand-written workload or job. */
  | 'foreign'
  | 'database'
  | 'claim'
  | 'backup'
  /** Where requests from outside the cluster come from; each hand-written way in is one of its own. */
  | 'outside'
  /** Something outside the cluster that is talked to. */
  | 'internet'
  /** Many of them, folded. */
  | 'group';

/** One thing inside an environment. */
export interface GraphNode {
  /** Unique in the graph. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  /** Further lines, e.g. `2 replicas`. */
  readonly details: readonly string[];
  /** Whether it stands out among the others. @default false */
  readonly marked?: boolean;
  /** Name of its application, where the environment has several. @default - the only one */
  readonly application?: string;
  /** Id of the part that shows what is folded in it. @default - it is no group */
  readonly part?: string;
}

/** What an edge means: traffic that comes in, a conversation, a mounted volume, a dump, traffic that goes out. */
export type EdgeKind = 'route' | 'connection' | 'mount' | 'backup' | 'internet';

/** A connection of two nodes of one environment. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** E.g. `/dev/api` or `5432`. @default - nothing to say */
  readonly label?: string;
}

/** An environment: what runs there and who talks to whom. */
export interface Harbour {
  readonly id: string;
  readonly name: string;
  /** Where it is, e.g. `cluster local, namespace dev`. */
  readonly place: string;
  /** What runs there, e.g. `v1.2.3`. @default - not known */
  readonly release?: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Where releases come from. */
export interface Source {
  readonly id: string;
  readonly name: string;
  /** Repository that holds the source. */
  readonly repository: string;
  /** Names of the artifacts. */
  readonly artifacts: readonly string[];
  /** Who builds them, as the builder's face says. */
  readonly builder: string;
}

/** A way that releases take from a supply or an environment to an environment. */
export interface Course {
  /** Id of a source or harbour. */
  readonly from: string;
  /** Id of a harbour. */
  readonly to: string;
  /** What starts the move, e.g. `on a tag v*`. */
  readonly triggers: readonly string[];
  /** What must be true before, e.g. `a pull request with 1 approval by releasers`. @default - nothing */
  readonly gate?: string;
  /** Whether the bits are built again instead of moved. */
  readonly rebuilds: boolean;
}

/** The topology of a delivery: what a picture of it shows. */
export interface Graph {
  readonly title: string;
  readonly sources: readonly Source[];
  /** In the order in which releases reach them. */
  readonly harbours: readonly Harbour[];
  readonly courses: readonly Course[];
}
