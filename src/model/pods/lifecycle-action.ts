/** What is done beside a container's program, after it started or before it is told to stop. */
export type LifecycleAction =
  | {
      readonly kind: 'exec';
      /** Program and its arguments, run in the container. */
      readonly command: readonly string[];
    }
  | {
      readonly kind: 'http';
      /** Path that is asked for. */
      readonly path: string;
      /** Name or number of a port of the container. */
      readonly port: string | number;
    }
  | {
      readonly kind: 'sleep';
      /** Seconds that are waited, by the kubelet itself: on Kubernetes 1.30 and later. */
      readonly seconds: number;
    };
