import { parseQuantity } from '../model/formats/quantity.ts';

/** Reads a quantity as an object carries it, e.g. `250m`, `1Gi` or the number 2; nothing when it is none. */
export function quantityOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseQuantity(value) : undefined;
}
