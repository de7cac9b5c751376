import type { Builder } from '../model/supply.ts';

/** Who turns source into artifacts: what differs between one and another. Pure functions over data. */
export interface BuilderPlugin<Kind extends Builder['kind'] = Builder['kind']> {
  readonly kind: Kind;
  /** Who builds, in a picture, e.g. `built by GitHub Actions`. */
  words(builder: Extract<Builder, { readonly kind: Kind }>): string;
}
