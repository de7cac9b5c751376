import { expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import { objectNamesIn } from '../../src/model/rules/workload/object-names.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { validDelivery, withService } from '../support/valid-delivery.ts';

/** Every kind of object that the program makes. */
const everything: Delivery = withService(validDelivery(), 'prod', 'payments', (service) => ({
  ...service,
  autoscaling: { min: 1, max: 2, cpuPercent: 80 },
  maxUnavailable: 1,
  routes: [{ path: '/payments', port: 'http', appendSlash: true }],
}));

test.each(['dev', 'prod'])(
  'the names that rules check in %s are those of the rendered objects, and of the claim that a StatefulSet makes',
  (name) => {
    const environment = everything.environments.find((it) => it.name === name)!;
    const { objects } = renderEnvironment(everything, environment, everything.initialReleases[name]!, {
      opsRepository: 'https://github.com/acme/shop-ops.git',
    });
    const rendered = objects.map(({ object }) => `${object.kind}/${object.metadata.name}`);

    const known = objectNamesIn(everything).filter((it) => it.environment === name);

    expect(known.map((it) => `${it.kind}/${it.name}`).sort()).toEqual(
      [...rendered, `PersistentVolumeClaim/orders-db-disk-${name}-orders-db-0`].sort(),
    );
  },
);
