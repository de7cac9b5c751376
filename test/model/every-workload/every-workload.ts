import type { Delivery } from '../../../src/model/delivery.ts';
import { validDelivery, withApplication } from '../../support/valid-delivery.ts';
import { scheduled } from './scheduled.ts';

/** A delivery without a problem whose services say every word of what a workload and its pods are. */
export const everyWorkload: Delivery = withApplication(validDelivery(), 'dev', (shop) => ({
  ...shop,
  services: [...shop.services, scheduled],
}));
