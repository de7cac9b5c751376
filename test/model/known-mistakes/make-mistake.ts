import type { Delivery } from '../../../src/model/delivery.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

/** What a person does at a place of the program. */
export type Slip =
  /** Writes something else there. */
  | { readonly writes: unknown }
  /** Forgets it. */
  | { readonly forgets: true }
  /** Gives its key another name. */
  | { readonly calls: string }
  /** Puts one more into the list. */
  | { readonly adds: unknown };

/** One mistake: where, what, and the first line of what is said. */
export type Mistake = readonly [place: string, slip: Slip, said: string];

export const writes = (value: unknown): Slip => ({ writes: value });
export const adds = (value: unknown): Slip => ({ adds: value });
export const calls = (key: string): Slip => ({ calls: key });
export const forgets: Slip = { forgets: true };

/** Beginnings of places. */
export const dev = 'environments.dev';
export const prod = 'environments.prod';
export const shop = `${dev}.applications.shop`;
export const orders = `${shop}.services.orders`;
export const payments = `${shop}.services.payments`;
export const container = `${orders}.containers.orders`;
export const database = `${prod}.applications.shop.databases.orders-db`;

type Mutable = Record<string | number, unknown>;

/** The element of a list or mapping that a part of a place names. */
function step(at: Mutable, part: string): readonly [key: string | number, value: unknown] {
  if (!Array.isArray(at)) return [part, at[part]];
  const named = at.findIndex((item: unknown) => (item as { readonly name?: string } | undefined)?.name === part);
  const index = named === -1 ? Number(part) : named;
  return [index, at[index] as unknown];
}

/** A valid delivery in which one mistake was made. */
export function mistaken(place: string, slip: Slip): unknown {
  const delivery: Delivery = structuredClone(validDelivery());
  const parts = place.split(/\.|\[|\]\.?/).filter((part) => part !== '');
  const last = parts.pop() ?? '';
  const within = parts.reduce<unknown>((at, part) => {
    const [key, value] = step(at as Mutable, part);
    // What two environments share is changed in one of them alone.
    const own: unknown = structuredClone(value);
    (at as Mutable)[key] = own;
    return own;
  }, delivery) as Mutable;
  const [key, value] = step(within, last);
  if ('writes' in slip) within[key] = slip.writes;
  else if ('adds' in slip) within[key] = [...((value ?? []) as unknown[]), slip.adds];
  else {
    if (Array.isArray(within)) within.splice(Number(key), 1);
    else Reflect.deleteProperty(within, key);
    if ('calls' in slip) within[slip.calls] = value;
  }
  return delivery;
}
