/** Pods that network policies name: their namespace and labels. A wrong label is an outage, so `doctor` checks it. */
export interface PodPeer {
  /** Namespace that they run in. */
  readonly namespace: string;

  /** Labels that they have. */
  readonly podLabels: Readonly<Record<string, string>>;
}
