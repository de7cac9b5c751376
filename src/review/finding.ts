/** One thing that a check found in a rendered environment. */
export interface Finding {
  /** Name of the check, as in docs/checks.md. */
  readonly check: string;
  readonly environment: string;
  /** Path of the construct that made the object, e.g. `dev/shop/orders/workload`. */
  readonly construct: string;
  /** `Kind/name`, e.g. `Deployment/dev-orders`. */
  readonly object: string;
  /** Field of the object, e.g. `spec.template.spec.containers[0].image`; empty for the whole object. */
  readonly field: string;
  /** What is wrong and what to write: lower case, no full stop. */
  readonly message: string;
}
