import { declareSettings, z, type Delivery, type SettingsWith } from '@portolan-delivery/portolan';
import { validDelivery } from '../../support/valid-delivery.ts';

export const ownSettings = declareSettings({
  platform: {
    region: z
      .string({ error: 'must be a region, e.g. eu-west-1' })
      .check(z.regex(/^[a-z]+-[a-z]+-\d$/, { error: 'must be a region, e.g. eu-west-1' }))
      .register(z.globalRegistry, { examples: ['eu-west-1'] }),
  },
  environment: {
    shards: z._default(z.int({ error: 'must be a whole number' }), 1),
  },
});

export default function project(settings: SettingsWith<typeof ownSettings>): Delivery {
  return { ...validDelivery(), name: `shop-${settings.platform.region}-${settings.environments['dev']?.shards ?? 0}` };
}
