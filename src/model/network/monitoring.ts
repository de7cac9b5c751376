import type { PodPeer } from './pod-peer.ts';

/** Who asks the pods of an environment for their metrics: a Prometheus that an operator looks after. */
export interface Monitoring {
  /** Pods that ask; the services that have metrics let them in, and nobody else does. */
  readonly scraper: PodPeer;
  /** Labels by which that Prometheus chooses its monitors, e.g. `{ release: 'kube-prometheus-stack' }`. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Where a service says how it is: rendered as a PodMonitor over its pods. */
export interface Metrics {
  /** Name of a port of one of its containers. */
  readonly port: string;
  /** Path that is asked for. @default '/metrics' */
  readonly path?: string;
  /** Seconds between two questions, 1 or more. @default - as the Prometheus asks by itself */
  readonly intervalSeconds?: number;
}
