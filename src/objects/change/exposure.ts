/** Something that an object may do or lets others do. */
export interface Exposure {
  /** Tells it apart within one object, so that two states of the object can be compared. */
  readonly key: string;
  /** What it means: lower case, no full stop. */
  readonly message: string;
  /** Whether it counts for a new object too. A new policy that lets its own pods talk loosens nothing. @default true */
  readonly whenCreated?: boolean;
}
