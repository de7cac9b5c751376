/** An object of the engine's own, in the cluster that it runs in. */
export interface WatchedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}
