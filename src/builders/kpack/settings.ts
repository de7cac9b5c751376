import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { Builder, Supply } from '../../model/supply.ts';

/** Version of kpack's API. */
export const kpackApi = 'kpack.io/v1alpha2';

/** A builder of this kind. */
export type KpackBuilder = Extract<Builder, { readonly kind: 'kpack' }>;

/** A supply that kpack builds. */
export interface KpackSupply extends Supply {
  readonly builder: KpackBuilder;
}

/** Supplies of this kind, with their builders known. */
export const builtByKpack = (supplies: readonly Supply[]): readonly KpackSupply[] =>
  supplies.flatMap((supply) => (supply.builder.kind === 'kpack' ? [{ ...supply, builder: supply.builder }] : []));

/** The namespace that a supply is built in: that of the Secret that it pushes with. */
export function namespaceOf({ credentials }: Delivery, place: Environment, { builder }: KpackSupply): string {
  const store = credentials.find(({ name }) => name === builder.pushesWith)?.store;
  return (store?.kind === 'kubernetes' ? store.namespace : undefined) ?? place.namespace;
}
