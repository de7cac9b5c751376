/** Something that is not well: what the engine says is not, and what it is told not to judge. */
export interface Ailment {
  /** `Kind/name`. */
  readonly object: string;
  readonly message: string;
  /** What to type. @default - nothing that a command could do */
  readonly next?: string;
}
