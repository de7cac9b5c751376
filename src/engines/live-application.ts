import type { Ailment } from './ailment.ts';

/** What an engine says of one application. */
export interface LiveApplication {
  readonly name: string;
  /** `Synced`, `OutOfSync`, `Unknown`; `Missing` when the engine does not know the application. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing`, `Unknown`. */
  readonly health: string;
  /** Commit that the cluster was last compared with. @default - none yet */
  readonly revision?: string;
  /** Phase of the last operation: `Succeeded`, `Running`, `Failed`, `Error`. @default - there was none */
  readonly operation?: string;
  /** What the engine says of the operation or of the comparison. @default - nothing */
  readonly message?: string;
  readonly ailments: readonly Ailment[];
}
