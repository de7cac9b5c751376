import type { Settings } from '../../src/model/settings/settings.ts';

/**
 * What the committed stack files of an example say.
 *
 * @param name - of the example, e.g. `shop`
 * @param places - its environments, of which `prod` has the host without a prefix
 */
export const committedSettings = (name: string, places: readonly string[]): Settings => ({
  platform: {
    opsRepository: `https://github.com/acme/${name}-ops.git`,
    protect: true,
    github: { owner: 'acme', plan: 'team', ownerKind: 'organization' },
  },
  environments: Object.fromEntries(
    places.map((place) => [
      place,
      {
        host: place === 'prod' ? `${name}.example` : `${place}.${name}.example`,
        replicas: {},
        generations: {},
        adopt: false,
      },
    ]),
  ),
});
