import project from '../../../examples/shop/project.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { committedSettings } from '../committed-settings.ts';

/** Its environments. */
export const places = ['dev', 'qa', 'prod'] as const;

/** The shop of the examples. */
export const shop = (): Delivery => project(committedSettings('shop', places));
