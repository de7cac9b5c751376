import type { Delivery } from './delivery.ts';
/** Checks. */
export function validate(delivery: Delivery): void {
  void delivery;
}
