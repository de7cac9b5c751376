/** An object that is on the branch and will not be. */
export interface Removal {
  readonly path: string;
  /** `Kind/name`. */
  readonly object: string;
  readonly name: string;
  readonly stateful: boolean;
}
