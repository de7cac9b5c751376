import type { ownSettings } from '#project';
import type { SettingsWith } from '../../src/model/settings/settings.ts';

/** Settings as the committed stack files give them, without reading a file. */
export const settings: SettingsWith<typeof ownSettings> = {
  platform: {
    opsRepository: 'https://github.com/arkb2023/the-project-ops.git',
    registryOwner: 'arkb2023',
    protect: true,
    github: { owner: 'arkb2023', plan: 'team', ownerKind: 'organization' },
  },
  environments: {},
};
