/** One host, or several that are answered alike. */
export type Hosts = string | readonly string[];

/** A way in from outside the cluster. Its path is below the environment's prefix. */
export interface Route {
  /** Path below the environment's own, e.g. `/api`. @default '/' */
  readonly path?: string;
  /** Whether the path itself is answered alone, or all below it too, at a path boundary. @default 'Prefix' */
  readonly pathType?: 'Exact' | 'Prefix';
  /** Host of this route, or several hosts. @default - those of the environment, or any */
  readonly host?: Hosts;
  /** Name of the service port that receives the traffic. */
  readonly port: string;
  /** Serves `<path>` as if `<path>/` had been asked, for programs that redirect without their prefix. @default false */
  readonly appendSlash?: boolean;
}
