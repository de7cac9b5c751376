import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Service } from '../../src/model/service.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import type { RenderedEnvironment } from '../../src/render/rendered-environment.ts';
import { renamed } from '../../test/support/renamed-service.ts';
import { validDelivery } from '../../test/support/valid-delivery.ts';

/** A delivery whose first environment renders at least `count` objects. */
export function deliveryOf(count: number): { readonly delivery: Delivery; readonly environment: Environment } {
  const delivery = validDelivery();
  const environment = delivery.environments[0];
  const application = environment?.applications[0];
  const model = application?.services[0];
  if (environment === undefined || application === undefined || model === undefined)
    throw new Error('the valid delivery has no service');
  const copy = (i: number): Service => ({
    ...model,
    name: `${model.name}-${i}`,
    names: {},
    configs: (model.configs ?? []).map((config) => ({ ...config })),
    routes: [],
    connects: [],
  });
  const perService =
    renderedBy(delivery, {
      ...environment,
      applications: [{ ...application, services: [...application.services, renamed(copy(0), 0)] }],
    }).objects.length - renderedBy(delivery, environment).objects.length;
  const services = Array.from({ length: Math.ceil(count / perService) }, (_, i) => renamed(copy(i), i));
  return {
    delivery,
    environment: {
      ...environment,
      applications: [{ ...application, services: [...application.services, ...services] }],
    },
  };
}

export function renderedBy(delivery: Delivery, environment: Environment): RenderedEnvironment {
  return renderEnvironment(delivery, environment, delivery.initialReleases[environment.name] ?? { images: {} }, {
    opsRepository: 'https://example.com/ops.git',
  });
}
