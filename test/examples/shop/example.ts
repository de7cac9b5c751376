import project from '../../../examples/shop/project.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Settings } from '../../../src/model/settings/settings.ts';

/** Its environments. */
export const places = ['dev', 'qa', 'prod'] as const;

/** What the committed stack files say. */
const settings: Settings = {
  platform: {
    opsRepository: 'https://github.com/acme/shop-ops.git',
    protect: true,
    github: { owner: 'acme', plan: 'team', ownerKind: 'organization' },
  },
  environments: Object.fromEntries(
    places.map((place) => [
      place,
      {
        host: place === 'prod' ? 'shop.example' : `${place}.shop.example`,
        replicas: {},
        generations: {},
        adopt: false,
      },
    ]),
  ),
};

/** The shop of the examples. */
export const shop = (): Delivery => project(settings);
